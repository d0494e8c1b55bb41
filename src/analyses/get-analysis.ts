import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { absent } from '../core/errors.ts'
import type { Analysis, AnalysisSummary } from './contract.ts'
import { describeAnalysis, describeSummary } from './describe-analysis.ts'
import { findAnalysis, findSummary } from './queries.ts'

/** @throws AppError absent, for somebody else's as well */
export async function getAnalysis(ctx: Context, actor: Pick<Actor, 'userId'>, id: string): Promise<Analysis> {
  const row = await findAnalysis(ctx.db, actor.userId, id)
  if (!row) throw absent('analysis')
  return describeAnalysis(ctx, row)
}

/** @throws AppError absent, for somebody else's as well */
export async function getSummary(ctx: Context, actor: Actor, id: string): Promise<AnalysisSummary> {
  const row = await findSummary(ctx.db, actor.userId, id)
  if (!row) throw absent('analysis')
  return describeSummary(ctx, row)
}
