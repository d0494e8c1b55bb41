import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import type { TrackProfile } from '../report/comparison-contract.ts'
import {
  countReferences,
  findReferenceBySha,
  insertReference,
  lockReferencesOf,
  touchReference,
  updateProfile,
} from './queries.ts'
import { referenceExpiry } from './reference-life.ts'

export interface ReferenceToKeep {
  userId: string
  name: string
  sha256: string
  profile: TrackProfile
  /** What the tier allows. */
  limit: number
}

/**
 * The numbers of a reference are kept for later uploads. The same file again is the same reference: its numbers are
 * renewed, its name stays.
 * @returns its id, or undefined when the account keeps as many as it may: nothing is thrown out for it
 */
export async function keepReference(
  ctx: Context,
  tx: Tx,
  { userId, name, sha256, profile, limit }: ReferenceToKeep,
): Promise<string | undefined> {
  const now = ctx.clock.now()
  const expiresAt = referenceExpiry(now)
  await lockReferencesOf(tx, userId)
  const known = await findReferenceBySha(tx, userId, sha256)
  if (known) {
    await updateProfile(tx, userId, known.id, JSON.stringify(profile))
    await touchReference(tx, userId, known.id, { now, expiresAt })
    return known.id
  }
  if ((await countReferences(tx, userId)) >= limit) return undefined
  return insertReference(tx, { userId, name, sha256, profile: JSON.stringify(profile), now, expiresAt })
}
