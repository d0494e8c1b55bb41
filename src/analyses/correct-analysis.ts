import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError } from '../core/errors.ts'
import type { Correction } from '../report/contract.ts'
import type { Analysis } from './contract.ts'
import { getAnalysis } from './get-analysis.ts'
import { setCorrection } from './queries.ts'
import { tellChange } from './tell-change.ts'

/**
 * From now on the report follows what the user knows better, in place of any earlier correction; what was measured is kept.
 * @throws AppError absent, conflict while there is no result
 */
export async function correctAnalysis(
  ctx: Context,
  actor: Actor,
  id: string,
  correction: Correction,
): Promise<Analysis> {
  await getAnalysis(ctx, actor, id)
  if (!(await setCorrection(ctx.db, actor.userId, id, JSON.stringify(correction))))
    throw new AppError(
      'conflict',
      'analyses/not-done',
      'Tempo and key can be corrected once there is a report.',
    )
  await tellChange(ctx, id)
  return getAnalysis(ctx, actor, id)
}
