import type { Context } from '../context.ts'
import { findReference } from '../references/find-reference.ts'
import type { TrackProfile } from '../report/comparison-contract.ts'

/** What an analysis is compared with, as far as it is kept. A reference deleted meanwhile is compared with no more. */
export interface Compared {
  reference: TrackProfile | null
}

export async function loadCompared(
  ctx: Context,
  work: { user_id: string; reference_id: string | null },
): Promise<Compared> {
  const kept = work.reference_id ? await findReference(ctx, work.user_id, work.reference_id) : undefined
  return { reference: kept?.profile ?? null }
}
