import { getSummary } from '../analyses/get-analysis.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import type { ReportLink } from './contract.ts'
import { describeLink } from './describe-link.ts'
import { listLinkRows } from './queries.ts'

/** Links to this report that still work, without their tokens. @throws AppError absent */
export async function listLinks(ctx: Context, actor: Actor, analysisId: string): Promise<ReportLink[]> {
  await getSummary(ctx, actor, analysisId)
  return (await listLinkRows(ctx.db, actor.userId, analysisId, ctx.clock.now())).map(describeLink)
}
