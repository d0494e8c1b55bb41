import type { Context } from '../context.ts'
import { after, MINUTE_MS } from '../core/clock.ts'
import { periods } from '../privacy/periods.ts'
import { deleteExpiredTokens, deleteOldLetters } from './letter-queries.ts'
import { deleteUnconfirmedFactors } from './second-factor-queries.ts'
import { deleteExpiredSessions, deleteOldDevices } from './session-queries.ts'

/** A visit is noted to within this time: no session goes before its token has run out. */
const VISIT_NOTED_WITHIN_MS = 15 * MINUTE_MS

/** Login sessions, tokens, remembered devices and notes of letters that are over are gone. */
export async function dropExpired(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  await deleteExpiredSessions(ctx.db, now, after(now, -periods.idleSessionMs - VISIT_NOTED_WITHIN_MS))
  await deleteExpiredTokens(ctx.db, now)
  await deleteOldDevices(ctx.db, after(now, -periods.knownDeviceMs))
  await deleteUnconfirmedFactors(ctx.db, after(now, -periods.begunSecondFactorMs))
  await deleteOldLetters(ctx.db, after(now, -periods.sentLetterMs))
}
