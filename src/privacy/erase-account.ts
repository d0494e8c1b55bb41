import { eraseAccountRows, lockAccount } from '../accounts/erase-account-rows.ts'
import { listAnalysisIds } from '../analyses/list-ids.ts'
import { tellChange } from '../analyses/tell-change.ts'
import { forgetCustomer } from '../billing/forget-customer.ts'
import type { Context } from '../context.ts'
import { forgetAllRawFiles } from '../uploads/forget-all-raw-files.ts'
import { removeForgotten } from '../uploads/forget-raw-files.ts'

/**
 * The account and everything made in it are gone: rows at once, files right after, the customer at Stripe within
 * minutes. Work in flight notices at its next step and leaves nothing; whoever is logged in is refused at the next
 * request. @throws AppError unauthenticated when it is gone already
 */
export async function eraseAccount(ctx: Context, userId: string): Promise<void> {
  const { keys, analysisIds } = await ctx.db.transaction().execute(async (tx) => {
    await lockAccount(tx, userId)
    const forgotten = await forgetAllRawFiles(ctx, tx, userId)
    const ids = await listAnalysisIds(tx, userId)
    await forgetCustomer(ctx, tx, userId)
    await eraseAccountRows(ctx, tx, userId)
    return { keys: forgotten, analysisIds: ids }
  })
  for (const id of analysisIds) await tellChange(ctx, id)
  await removeForgotten(ctx, keys)
}
