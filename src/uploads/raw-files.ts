import { HOUR_MS, MINUTE_MS } from '../core/clock.ts'

/**
 * How long the raw file of an upload may exist when its analysis does not succeed. Promised are 24 hours; half an hour
 * is kept as a margin for a sweeper that was down and a clock that was moved.
 */
export const RAW_LIFE_MS = 24 * HOUR_MS - 30 * MINUTE_MS

/** Files nobody has claimed: an upload that is still arriving may be this old, then it is an orphan. */
export const ORPHAN_AGE_MS = 2 * HOUR_MS
