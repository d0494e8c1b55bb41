import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { MINUTE_MS } from '../core/clock.ts'
import { endMisusedSession } from './end-misused-session.ts'
import { readSessionCookie, type SessionClaims, sessionCookie } from './session-cookie.ts'
import { beginNextGeneration, findSession, markGenerationSeen, touchSession } from './session-queries.ts'
import { type Standing, standingOf } from './token-standing.ts'

const LAST_SEEN_STEP_MS = 5 * MINUTE_MS

export interface Authenticated {
  actor: Actor
  /** A Set-Cookie value when the token was due for renewal. */
  renewedCookie: string | undefined
}

type Session = NonNullable<Awaited<ReturnType<typeof findSession>>>

/** The cookie that replaces this one, if it is time. */
async function renew(
  ctx: Context,
  claims: SessionClaims,
  standing: Standing,
  now: Date,
): Promise<string | undefined> {
  if (standing !== 'due' && standing !== 'behind') return undefined
  if (standing === 'due') await beginNextGeneration(ctx.db, claims.sessionId, claims.generation)
  return sessionCookie(ctx.secrets, { ...claims, generation: claims.generation + 1 }, now)
}

async function recordVisit(ctx: Context, claims: SessionClaims, session: Session, now: Date): Promise<void> {
  if (claims.generation === session.generation && session.generation_seen_at === null)
    await markGenerationSeen(ctx.db, claims.sessionId, now)
  if (now.getTime() - session.last_seen_at.getTime() > LAST_SEEN_STEP_MS)
    await touchSession(ctx.db, claims.sessionId, now)
}

/**
 * Who a cookie speaks for: the token must be genuine AND its login session still exist. A token that was replaced and
 * comes again after its successor was used ends the session for everybody who holds it.
 */
export async function authenticate(
  ctx: Context,
  cookieHeader: string | undefined,
  mayRenew = true,
): Promise<Authenticated | undefined> {
  const now = ctx.clock.now()
  const claims = readSessionCookie(ctx.secrets, cookieHeader, now)
  if (!claims) return undefined
  const session = await findSession(ctx.db, claims.userId, claims.sessionId)
  if (!session || session.expires_at <= now) return undefined
  const standing = standingOf(claims, session, now)
  if (standing === 'misused') await endMisusedSession(ctx, claims, session.device)
  if (standing === 'misused' || standing === 'unknown') return undefined
  await recordVisit(ctx, claims, session, now)
  return {
    actor: { userId: claims.userId, sessionId: claims.sessionId, isVerified: session.verified_at !== null },
    renewedCookie: mayRenew ? await renew(ctx, claims, standing, now) : undefined,
  }
}
