import { createHash } from 'node:crypto'
import type { Analysis } from '../analyses/contract.ts'
import { listFileNames } from '../analyses/list-file-names.ts'
import type { Context } from '../context.ts'
import type { Told } from '../grounding/tell-analysis.ts'
import { listReferenceNames } from '../references/list-reference-names.ts'
import type { Report } from '../report/contract.ts'
import { tellClaude } from './analysis-block.ts'
import { type NameMap, namesOf } from './hide-names.ts'

/** What Claude is given about an analysis, and the names that were taken out on the way. */
export interface View {
  json: string
  /** The same as facts, to check answers against. */
  told: Told
  sha256: string
  names: NameMap
}

/** Every name known of this analysis now. */
export async function namesNow(
  ctx: Context,
  userId: string,
  analysis: Analysis,
  report: Report,
): Promise<NameMap> {
  const { earlierId } = analysis
  return namesOf(report, {
    ...analysis,
    earlierNames: earlierId === null ? [] : await listFileNames(ctx, userId, earlierId),
    referenceNames: await listReferenceNames(ctx, userId),
  })
}

export async function viewOf(
  ctx: Context,
  userId: string,
  analysis: Analysis,
  report: Report,
): Promise<View> {
  const names = await namesNow(ctx, userId, analysis, report)
  const told = tellClaude(report, analysis.intent, names)
  const { json } = told
  return { json, told, sha256: createHash('sha256').update(json).digest('hex'), names }
}
