import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError, absent } from '../core/errors.ts'
import type { Tx } from '../platform/db/database.ts'
import { findReference } from '../references/find-reference.ts'
import { markReferenceUsed } from '../references/mark-reference-used.ts'
import { comparableOf } from '../report/comparable.ts'
import { compareTracks } from '../report/compare-tracks.ts'
import type { TrackProfile } from '../report/comparison-contract.ts'
import { type Report, reportSchema } from '../report/contract.ts'
import { sealed } from '../report/hash-report.ts'
import { profileTrack } from '../report/track-profile.ts'
import { lockReport, replaceComparison } from './queries.ts'
import { tellChange } from './tell-change.ts'

/**
 * The finished report is compared with another kept reference, or with none. Everything else in it stays as measured.
 * @throws AppError absent, conflict when there is nothing to compare, invalid when the reference is not kept
 */
export async function chooseReference(
  ctx: Context,
  actor: Actor,
  id: string,
  referenceId: string | null,
): Promise<void> {
  const reference = referenceId === null ? undefined : await findReference(ctx, actor.userId, referenceId)
  await ctx.db.transaction().execute(async (tx) => {
    if (referenceId !== null) await markReferenceUsed(ctx, tx, actor.userId, referenceId)
    const report = await lockedReport(tx, actor, id)
    const comparison = reference ? compare(report, reference.profile) : null
    const compared = sealed({ ...report, comparison })
    await replaceComparison(tx, actor.userId, id, { referenceId, report: JSON.stringify(compared) })
  })
  await tellChange(ctx, id)
}

async function lockedReport(tx: Tx, actor: Actor, id: string): Promise<Report> {
  const row = await lockReport(tx, actor.userId, id)
  if (!row) throw absent('analysis')
  const report = row.state === 'done' ? reportSchema.safeParse(row.report) : undefined
  if (!report?.success || report.data.source === null) throw nothingToCompare()
  return report.data
}

function compare(report: Report, reference: TrackProfile): Report['comparison'] {
  const track = comparableOf(report)
  if (track === null) throw nothingToCompare()
  return compareTracks(profileTrack(track), reference)
}

function nothingToCompare(): AppError {
  return new AppError(
    'conflict',
    'analyses/nothing-to-compare',
    'Only a finished analysis of a track with audio can be compared with a reference.',
  )
}
