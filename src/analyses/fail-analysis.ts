import { holdAccount } from '../billing/hold-account.ts'
import { refundUnit } from '../billing/settle-unit.ts'
import type { Context } from '../context.ts'
import { findWork, markFailed } from './queries.ts'
import { tellChange } from './tell-change.ts'

/** The analysis is failed, says why, and costs nothing; its raw files stay for a retry until their deadline. */
export async function failAnalysis(
  ctx: Context,
  id: string,
  failure: { code: string; detail: string },
): Promise<void> {
  const userId = (await findWork(ctx.db, id))?.user_id
  if (userId === undefined) return
  await ctx.db.transaction().execute(async (tx) => {
    await holdAccount(tx, userId)
    if (await markFailed(tx, id, failure, ctx.clock.now())) await refundUnit(ctx, tx, id)
  })
  await tellChange(ctx, id)
}

/** After the last try: nobody works on it any more. */
export async function giveUpAnalysis(ctx: Context, id: string): Promise<void> {
  await failAnalysis(ctx, id, {
    code: 'analyses/interrupted',
    detail: 'The analysis was interrupted several times on our side. It cost you nothing: try it again.',
  })
}
