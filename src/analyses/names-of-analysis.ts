import { findDisplayName } from '../accounts/find-display-name.ts'
import type { Context } from '../context.ts'
import { type NameMap, namesOf } from '../grounding/hide-names.ts'
import { listReferenceNames } from '../references/list-reference-names.ts'
import type { Report } from '../report/contract.ts'
import type { Analysis } from './contract.ts'
import { listFileNames } from './list-file-names.ts'

/** Every name that is known of an analysis now, and that must not travel: of tracks, files, references, and its owner's. */
export async function namesOfAnalysis(
  ctx: Context,
  userId: string,
  analysis: Pick<Analysis, 'audioName' | 'setName' | 'reference' | 'earlierId'>,
  report: Report,
): Promise<NameMap> {
  const { earlierId } = analysis
  return namesOf(report, {
    ...analysis,
    earlierNames: earlierId === null ? [] : await listFileNames(ctx, userId, earlierId),
    referenceNames: await listReferenceNames(ctx, userId),
    displayName: await findDisplayName(ctx, userId),
  })
}
