import { createHash } from 'node:crypto'
import type { Analysis } from '../analyses/contract.ts'
import { namesOfAnalysis } from '../analyses/names-of-analysis.ts'
import { findToldIntent } from '../analyses/told-intent.ts'
import type { Context } from '../context.ts'
import type { NameMap } from '../grounding/hide-names.ts'
import type { Told } from '../grounding/tell-analysis.ts'
import type { Report } from '../report/contract.ts'
import { tellClaude } from './analysis-block.ts'

/** What Claude is given about an analysis, and the names that were taken out on the way. */
export interface View {
  json: string
  /** The same as facts, to check answers against. */
  told: Told
  sha256: string
  names: NameMap
}

export async function viewOf(
  ctx: Context,
  userId: string,
  analysis: Analysis,
  report: Report,
): Promise<View> {
  const names = await namesOfAnalysis(ctx, userId, analysis, report)
  const intent = (await findToldIntent(ctx, userId, analysis.id)) ?? analysis.intent
  const told = tellClaude(report, intent, names)
  const { json } = told
  return { json, told, sha256: createHash('sha256').update(json).digest('hex'), names }
}
