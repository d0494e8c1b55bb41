import { SECOND_MS } from '../core/clock.ts'
import type { SessionClaims } from './session-cookie.ts'

/** A token older than this is replaced on the way. */
const RENEW_AFTER_SECONDS = 15 * 60
/** Requests that were sent with the old token before the new one came back. */
const OVERLAP_MS = 30 * SECOND_MS

export interface Generations {
  /** The newest generation given out. */
  generation: number
  /** Since when the newest generation is in use; null while no request has brought it. */
  generation_seen_at: Date | null
}

/**
 * What a genuine token is worth: `current`; `due` for replacement by the next generation; `behind`, when the answer that
 * carried its successor may have been lost and the successor is given again; or `misused`, when somebody comes with a
 * token that its owner has replaced: two parties hold this session.
 */
export type Standing = 'current' | 'due' | 'behind' | 'misused' | 'unknown'

export function standingOf(claims: SessionClaims, newest: Generations, now: Date): Standing {
  if (claims.generation > newest.generation) return 'unknown'
  if (claims.generation === newest.generation)
    return Math.floor(now.getTime() / SECOND_MS) - claims.issuedAtSeconds > RENEW_AFTER_SECONDS
      ? 'due'
      : 'current'
  if (claims.generation < newest.generation - 1) return 'misused'
  const seenAt = newest.generation_seen_at
  if (seenAt === null) return 'behind'
  return now.getTime() - seenAt.getTime() <= OVERLAP_MS ? 'current' : 'misused'
}
