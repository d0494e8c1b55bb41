import type { Context } from '../context.ts'
import { findReference } from '../references/find-reference.ts'
import { comparableOf } from '../report/comparable.ts'
import type { TrackProfile } from '../report/comparison-contract.ts'
import { reportSchema } from '../report/contract.ts'
import type { EarlierSet } from '../report/foresee-change.ts'
import type { Comparable } from '../report/track-profile.ts'
import { findAnalysis } from './queries.ts'

/** What an analysis is compared with, as far as it is still there: what was deleted meanwhile is left out. */
export interface Compared {
  reference: TrackProfile | null
  earlier: Comparable | null
  earlierSet: EarlierSet | null
}

const NOTHING = { earlier: null, earlierSet: null }

export async function loadCompared(
  ctx: Context,
  work: { user_id: string; reference_id: string | null; earlier_id: string | null },
): Promise<Compared> {
  const kept = work.reference_id ? await findReference(ctx, work.user_id, work.reference_id) : undefined
  const earlier = work.earlier_id ? await loadEarlier(ctx, work.user_id, work.earlier_id) : NOTHING
  return { reference: kept?.profile ?? null, ...earlier }
}

async function loadEarlier(ctx: Context, userId: string, id: string): Promise<Omit<Compared, 'reference'>> {
  const row = await findAnalysis(ctx.db, userId, id)
  if (row?.state !== 'done') return NOTHING
  const report = reportSchema.parse(row.report)
  const offsetSeconds = report.fusion?.timing?.offsetSeconds ?? null
  return {
    earlier: comparableOf(report),
    earlierSet: report.set === null ? null : { set: report.set, offsetSeconds },
  }
}
