import { holdAccount } from '../billing/hold-account.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError } from '../core/errors.ts'
import type { Analysis, GivenVerdict } from './contract.ts'
import { getAnalysis } from './get-analysis.ts'
import { tellChange } from './tell-change.ts'
import { dropVerdict, putVerdict } from './verdict-queries.ts'

/**
 * From now on the report, those of later versions, and the chat respect what the owner says about a finding; with no
 * verdict, nothing is said about it any more.
 * @throws AppError absent, conflict while there is no report, invalid when the report holds no such finding
 */
export async function giveVerdict(
  ctx: Context,
  actor: Actor,
  id: string,
  { rule, verdict }: GivenVerdict,
): Promise<Analysis> {
  const { report } = await getAnalysis(ctx, actor, id)
  if (report === null)
    throw new AppError('conflict', 'analyses/not-done', 'Findings can be judged once there is a report.')
  const found = report.findings?.findings.find((finding) => finding.rule === rule)
  if (verdict !== null && !found)
    throw new AppError('invalid', 'analyses/no-such-finding', 'This report holds no such finding.', {
      fields: { rule: 'not among the findings of this report' },
    })
  await ctx.db.transaction().execute(async (tx) => {
    await holdAccount(tx, actor.userId)
    if (verdict === null || !found) return dropVerdict(tx, actor.userId, id, rule)
    const { severity } = found
    return putVerdict(tx, actor.userId, { analysisId: id, rule, verdict, severity, now: ctx.clock.now() })
  })
  await tellChange(ctx, id)
  return getAnalysis(ctx, actor, id)
}
