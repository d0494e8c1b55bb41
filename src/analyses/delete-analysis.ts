import { holdAccount } from '../billing/hold-account.ts'
import { refundUnit } from '../billing/settle-unit.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { absent } from '../core/errors.ts'
import { forgetRawFiles, removeForgotten } from '../uploads/forget-raw-files.ts'
import { deleteAnalysisRow } from './queries.ts'
import { tellChange } from './tell-change.ts'

/**
 * The analysis, its messages and its raw files are gone. Work in flight notices at its next step and leaves nothing;
 * a unit of the quota that was only held is given back.
 * @throws AppError absent
 */
export async function deleteAnalysis(ctx: Context, owner: Pick<Actor, 'userId'>, id: string): Promise<void> {
  const keys = await ctx.db.transaction().execute(async (tx) => {
    await holdAccount(tx, owner.userId)
    const forgotten = await forgetRawFiles(ctx, tx, id, owner.userId)
    if (!(await deleteAnalysisRow(tx, owner.userId, id))) throw absent('analysis')
    await refundUnit(ctx, tx, id, 'deleted')
    return forgotten
  })
  await removeForgotten(ctx, keys)
  await tellChange(ctx, id)
}
