import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { MINUTE_MS } from '../core/clock.ts'
import { findSession, touchSession } from './queries.ts'
import { RENEW_AFTER_SECONDS, readSessionCookie, sessionCookie } from './session-cookie.ts'

const LAST_SEEN_STEP_MS = 5 * MINUTE_MS

export interface Authenticated {
  actor: Actor
  /** A Set-Cookie value when the token was due for renewal. */
  renewedCookie: string | undefined
}

/** Who a cookie speaks for: the token must be genuine AND its login session still exist. */
export async function authenticate(
  ctx: Context,
  cookieHeader: string | undefined,
): Promise<Authenticated | undefined> {
  const now = ctx.clock.now()
  const claims = readSessionCookie(ctx.secrets, cookieHeader, now)
  if (!claims) return undefined
  const session = await findSession(ctx.db, claims.sessionId, claims.userId)
  if (!session || session.expires_at <= now) return undefined
  if (now.getTime() - session.last_seen_at.getTime() > LAST_SEEN_STEP_MS)
    await touchSession(ctx.db, claims.sessionId, now)
  const isDue = now.getTime() / 1000 - claims.issuedAtSeconds > RENEW_AFTER_SECONDS
  return {
    actor: { userId: claims.userId, sessionId: claims.sessionId, isVerified: session.verified_at !== null },
    renewedCookie: isDue ? sessionCookie(ctx.secrets, claims, now) : undefined,
  }
}
