import { parseCookie, stringifySetCookie } from 'cookie'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import type { Secrets } from '../core/config.ts'

/** The only cookie of the service. */
export const SESSION_COOKIE = '__Host-ts'
export const IDLE_LIFE_SECONDS = 7 * 24 * 60 * 60
export const ABSOLUTE_LIFE_MS = 30 * 24 * 60 * 60 * 1000
/** A token older than this is replaced on the way, so that whoever comes weekly stays logged in. */
export const RENEW_AFTER_SECONDS = 24 * 60 * 60

const ALGORITHM = 'HS256'
const ISSUER = 'tracksensei'
const AUDIENCE = 'tracksensei-web'
const TYPE = 'session'

const claimsSchema = z.object({
  typ: z.literal(TYPE),
  sub: z.uuid(),
  sid: z.uuid(),
  iat: z.number().int(),
  exp: z.number().int(),
})

export interface SessionClaims {
  userId: string
  sessionId: string
  issuedAtSeconds: number
}

const cookieRules = {
  name: SESSION_COOKIE,
  httpOnly: true,
  secure: true,
  sameSite: 'lax',
  path: '/',
} as const

export function sessionCookie(
  secrets: Secrets,
  session: { userId: string; sessionId: string },
  now: Date,
): string {
  const [key] = secrets.sessionKeys
  const iat = Math.floor(now.getTime() / 1000)
  const claims = { typ: TYPE, sub: session.userId, sid: session.sessionId, iat, exp: iat + IDLE_LIFE_SECONDS }
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
      clockTimestamp: Math.floor(now.getTime() / 1000),
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
  return { userId: claims.data.sub, sessionId: claims.data.sid, issuedAtSeconds: claims.data.iat }
}
