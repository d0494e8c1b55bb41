import { findAccountId } from '../accounts/find-account-id.ts'
import type { Context } from '../context.ts'
import { absent } from '../core/errors.ts'
import type { TierName } from './contract.ts'
import { setGrantedTier } from './subscription-queries.ts'

/** The operator gives this account a plan, beside whatever it pays for: the larger one counts. @throws AppError absent */
export async function grantTier(ctx: Context, email: string, tier: TierName): Promise<void> {
  const userId = await findAccountId(ctx, email)
  if (!userId) throw absent('account')
  await setGrantedTier(ctx.db, userId, tier)
}
