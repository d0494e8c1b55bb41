import type { Context } from '../context.ts'
import { type TrackProfile, trackProfileSchema } from '../report/comparison-contract.ts'
import { findReferenceRow } from './queries.ts'

export interface FoundReference {
  name: string
  profile: TrackProfile
}

/** A kept reference with its numbers; undefined when it is gone. */
export async function findReference(
  ctx: Context,
  userId: string,
  id: string,
): Promise<FoundReference | undefined> {
  const row = await findReferenceRow(ctx.db, userId, id)
  return row && { name: row.name, profile: trackProfileSchema.parse(row.profile) }
}
