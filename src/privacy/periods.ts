import { DAY_MS, HOUR_MS, MINUTE_MS } from '../core/clock.ts'

/**
 * How long each thing is kept: the one table. What removes it, what refuses it and what the policy page says all read it
 * from here. Milliseconds.
 */
export const periods = {
  /**
   * Raw file of an analysis that did not succeed. Promised are 24 hours; half an hour is kept as a margin for a sweeper
   * that was down and a clock that was moved.
   */
  failedRawFileMs: 24 * HOUR_MS - 30 * MINUTE_MS,
  /** Files that no row holds: an upload still arriving may be this old. */
  orphanedRawFileMs: 2 * HOUR_MS,
  /** Results and all that was said about them. */
  resultMs: 30 * DAY_MS,
  /** The numbers of a reference track, counted from its last use. */
  keptReferenceMs: 30 * DAY_MS,
  verificationTokenMs: 24 * HOUR_MS,
  resetTokenMs: 30 * MINUTE_MS,
  /** A login session nobody uses. */
  idleSessionMs: 7 * DAY_MS,
  /** A login session, however much it is used. */
  sessionMs: 30 * DAY_MS,
  /** The digest by which a browser is recognised at login, after its last login. */
  knownDeviceMs: 90 * DAY_MS,
  /** A second factor that was begun and never confirmed. */
  begunSecondFactorMs: HOUR_MS,
  /** An account whose address nobody confirmed. */
  unverifiedAccountMs: 7 * DAY_MS,
  /** A copy of everything that waits to be fetched, and the time until the next one. */
  exportMs: 24 * HOUR_MS,
  /** How much the coach read and wrote for an account on one day. */
  coachDayMs: 2 * DAY_MS,
  /** A copy that is being sent to its owner this moment. */
  fetchingExportMs: HOUR_MS,
  /** That somebody asked for their rights by letter, and when it was answered. */
  rightsRequestMs: 3 * 365 * DAY_MS,
  /** A line of a log, where the service keeps its logs itself. */
  logMs: 30 * DAY_MS,
  /** What kind of letter was sent, and when. */
  sentLetterMs: 30 * DAY_MS,
} as const
