import { parseCookie, stringifySetCookie } from 'cookie'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import { SECOND_MS } from '../core/clock.ts'
import type { Secrets } from '../core/config.ts'
import { periods } from '../privacy/periods.ts'

/** The only cookie of the service. */
export const SESSION_COOKIE = '__Host-ts'
const IDLE_LIFE_SECONDS = periods.idleSessionMs / SECOND_MS

const ALGORITHM = 'HS256'
const ISSUER = 'tracksensei'
const AUDIENCE = 'tracksensei-web'
const TYPE = 'session'

const claimsSchema = z.object({
  typ: z.literal(TYPE),
  sub: z.uuid(),
  sid: z.uuid(),
  gen: z.number().int().min(0),
  iat: z.number().int(),
  exp: z.number().int(),
})

export interface SessionClaims {
  userId: string
  sessionId: string
  /** Which renewal of the session's token this is. */
  generation: number
  issuedAtSeconds: number
}

const cookieRules = {
  name: SESSION_COOKIE,
  httpOnly: true,
  secure: true,
  sameSite: 'lax',
  path: '/',
} as const

/** A Set-Cookie value, signed with the first of the keys. */
export function sessionCookie(
  secrets: Secrets,
  session: { userId: string; sessionId: string; generation: number },
  now: Date,
): string {
  const [key] = secrets.sessionKeys
  const iat = Math.floor(now.getTime() / SECOND_MS)
  const claims = {
    typ: TYPE,
    sub: session.userId,
    sid: session.sessionId,
    gen: session.generation,
    iat,
    exp: iat + IDLE_LIFE_SECONDS,
  }
  const value = jwt.sign({ ...claims, iss: ISSUER, aud: AUDIENCE }, key.secret, {
    algorithm: ALGORITHM,
    keyid: key.kid,
  })
  return stringifySetCookie({ ...cookieRules, value, maxAge: IDLE_LIFE_SECONDS })
}

export function clearedSessionCookie(): string {
  return stringifySetCookie({ ...cookieRules, value: '', maxAge: 0 })
}

function verifyToken(secrets: Secrets, token: string, now: Date): unknown {
  const kid = jwt.decode(token, { complete: true })?.header.kid
  const key = secrets.sessionKeys.find((candidate) => candidate.kid === kid)
  if (!key) return undefined
  try {
    return jwt.verify(token, key.secret, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      clockTimestamp: Math.floor(now.getTime() / SECOND_MS),
    })
  } catch {
    // Forged, expired or meant for somebody else: all the same as no token.
    return undefined
  }
}

/** The claims of a session cookie that is genuine and alive; undefined for anything else. */
export function readSessionCookie(
  secrets: Secrets,
  header: string | undefined,
  now: Date,
): SessionClaims | undefined {
  const token = header === undefined ? undefined : parseCookie(header)[SESSION_COOKIE]
  if (!token) return undefined
  const claims = claimsSchema.safeParse(verifyToken(secrets, token, now))
  if (!claims.success) return undefined
  const { sub, sid, gen, iat } = claims.data
  return { userId: sub, sessionId: sid, generation: gen, issuedAtSeconds: iat }
}
