import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import { keepReference } from '../references/keep-reference.ts'
import { trackProfileSchema } from '../report/comparison-contract.ts'
import { listRawFiles } from '../uploads/list-raw-files.ts'
import { findReferenceProfile, setKeptReference } from './queries.ts'

/** What keeping a reference needs to know before the transaction begins. */
export interface KeepPlan {
  userId: string
  name: string
  sha256: string
  limit: number
}

/** The reference that came as a file with this analysis, or undefined. */
export async function planKeeping(
  ctx: Context,
  work: { id: string; user_id: string; reference_name: string | null },
  limit: number,
): Promise<KeepPlan | undefined> {
  const file = (await listRawFiles(ctx, work.id)).find(({ role }) => role === 'reference')
  if (!file || work.reference_name === null) return undefined
  return { userId: work.user_id, name: work.reference_name, sha256: file.sha256, limit }
}

/** In the transaction that makes the analysis done: the numbers of its reference are kept, if there is room. */
export async function keepCompared(ctx: Context, tx: Tx, analysisId: string, plan: KeepPlan): Promise<void> {
  const profile = trackProfileSchema.safeParse(await findReferenceProfile(tx, analysisId))
  // Left out by the retry: then there is nothing to keep.
  if (!profile.success) return
  const id = await keepReference(ctx, tx, { ...plan, profile: profile.data })
  if (id !== undefined) await setKeptReference(tx, analysisId, id)
}
