import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import type { Account } from './contract.ts'
import { getAccount } from './get-account.ts'
import { setDisplayName } from './queries.ts'

/** The account is shown under this name, or under none. */
export async function changeDisplayName(
  ctx: Context,
  actor: Actor,
  displayName: string | null,
): Promise<Account> {
  await setDisplayName(ctx.db, actor.userId, displayName)
  return getAccount(ctx, actor)
}
