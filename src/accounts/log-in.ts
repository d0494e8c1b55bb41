import { createHmac } from 'node:crypto'
import type { Context } from '../context.ts'
import { after } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import { networkKey } from '../core/http/network.ts'
import { periods } from '../privacy/periods.ts'
import { countTry } from './check-password.ts'
import { checkSecondFactor } from './check-second-factor.ts'
import type { Account, LoginRequest } from './contract.ts'
import { deviceLabel } from './device-label.ts'
import { normalizeEmail } from './email-address.ts'
import { describeAccount } from './get-account.ts'
import { findUserByEmail, setPasswordHash } from './queries.ts'
import { sessionCookie } from './session-cookie.ts'
import { insertSession, isKnownDevice, rememberDevice } from './session-queries.ts'
import { writeLetter } from './write-letter.ts'

/** Where a login comes from, as the request says. */
export interface Visitor {
  ip: string | undefined
  userAgent: string | undefined
}

export interface NewSession {
  account: Account
  cookie: string
}

type User = NonNullable<Awaited<ReturnType<typeof findUserByEmail>>>

/** The same for the same address, network and browser; says nothing to anybody without our secret. */
function deviceKey(ctx: Context, email: string, visitor: Visitor): string {
  return createHmac('sha256', ctx.secrets.passwordPepper)
    .update(JSON.stringify(['device', email, networkKey(visitor.ip), deviceLabel(visitor.userAgent)]))
    .digest('base64url')
}

/** Tries from where the owner logged in before have a count of their own: a stranger elsewhere cannot use it up. */
async function countLogin(ctx: Context, email: string, device: string) {
  const since = after(ctx.clock.now(), -periods.knownDeviceMs)
  const isKnown = await isKnownDevice(ctx.db, device, since)
  const forget = await (isKnown
    ? countTry(ctx, 'login-device', device)
    : countTry(ctx, 'login-account', email))
  return { isKnown, forget }
}

async function renewOldHash(ctx: Context, user: User, password: string): Promise<void> {
  if (!ctx.passwords.isOutdated(user.password_hash)) return
  await setPasswordHash(ctx.db, user.id, await ctx.passwords.hash(password), user.password_hash)
}

/** A new login session on this device; its owner gets a letter when it is the first from there. */
export async function openSession(
  ctx: Context,
  user: Pick<User, 'id' | 'email'>,
  visitor: Visitor,
): Promise<string> {
  const now = ctx.clock.now()
  const device = deviceLabel(visitor.userAgent)
  const key = deviceKey(ctx, user.email, visitor)
  const isKnown = await isKnownDevice(ctx.db, key, after(now, -periods.knownDeviceMs))
  const sessionId = await ctx.db.transaction().execute(async (tx) => {
    const devicesBefore = await rememberDevice(tx, user.id, key, now)
    if (!isKnown && devicesBefore > 0)
      await writeLetter(ctx, tx, { userId: user.id, kind: 'new-login', detail: device })
    return insertSession(tx, { userId: user.id, device, now, expiresAt: after(now, periods.sessionMs) })
  })
  return sessionCookie(ctx.secrets, { userId: user.id, sessionId, generation: 0 }, now)
}

/**
 * A new login session. @throws AppError unauthenticated, the same for an unknown address and a wrong password; another one
 * when the password is right and a code is missing or wrong
 */
export async function logIn(ctx: Context, request: LoginRequest, visitor: Visitor): Promise<NewSession> {
  const email = normalizeEmail(request.email)
  const device = deviceKey(ctx, email, visitor)
  const tries = await countLogin(ctx, email, device)
  const user = await findUserByEmail(ctx.db, email)
  const isRight = await ctx.passwords.matches(
    request.password,
    user?.password_hash ?? ctx.passwords.hashOfNobody,
  )
  if (!user || !isRight)
    throw new AppError('unauthenticated', 'accounts/wrong-login', 'The address or the password is not right.')
  await tries.forget()
  // A made-up browser or another network must not get ten codes of its own.
  await checkSecondFactor(ctx, user.id, request.code, tries.isKnown ? device : user.id)
  await renewOldHash(ctx, user, request.password)
  return { account: describeAccount(user), cookie: await openSession(ctx, user, visitor) }
}
