import type { Context } from '../context.ts'
import { findReference } from '../references/find-reference.ts'
import { comparableOf } from '../report/comparable.ts'
import type { TrackProfile } from '../report/comparison-contract.ts'
import { reportSchema } from '../report/contract.ts'
import type { Comparable } from '../report/track-profile.ts'
import { findAnalysis } from './queries.ts'

/** What an analysis is compared with, as far as it is still there: what was deleted meanwhile is left out. */
export interface Compared {
  reference: TrackProfile | null
  earlier: Comparable | null
}

export async function loadCompared(
  ctx: Context,
  work: { user_id: string; reference_id: string | null; earlier_id: string | null },
): Promise<Compared> {
  const kept = work.reference_id ? await findReference(ctx, work.user_id, work.reference_id) : undefined
  const earlier = work.earlier_id ? await loadEarlier(ctx, work.user_id, work.earlier_id) : null
  return { reference: kept?.profile ?? null, earlier }
}

async function loadEarlier(ctx: Context, userId: string, id: string): Promise<Comparable | null> {
  const row = await findAnalysis(ctx.db, userId, id)
  return row?.state === 'done' ? comparableOf(reportSchema.parse(row.report)) : null
}
