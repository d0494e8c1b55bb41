import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import { after } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import { HASH_OF_NOBODY } from '../platform/passwords/password-hasher.ts'
import type { Account, LoginRequest } from './contract.ts'
import { normalizeEmail } from './email-address.ts'
import { describeAccount } from './get-account.ts'
import { findUserByEmail, insertSession } from './queries.ts'
import { ABSOLUTE_LIFE_MS, sessionCookie } from './session-cookie.ts'

const TRIES_PER_ACCOUNT = 10
const TRIES_WINDOW_SECONDS = 900

/** Counted for unknown addresses too, and before any hashing; the address itself is not stored. */
async function countTry(ctx: Context, email: string): Promise<string> {
  const key = `login-account:${createHash('sha256').update(email).digest('hex')}`
  const { hits, resetsAt } = await ctx.hits.hit(key, TRIES_WINDOW_SECONDS)
  if (hits > TRIES_PER_ACCOUNT) {
    const retryAfterSeconds = Math.max(1, Math.ceil((resetsAt.getTime() - ctx.clock.now().getTime()) / 1000))
    throw new AppError(
      'exhausted',
      'accounts/too-many-logins',
      `Too many tries for this e-mail address. Wait ${Math.ceil(retryAfterSeconds / 60)} minutes and try again.`,
      { retryAfterSeconds },
    )
  }
  return key
}

/** A new login session. @throws AppError unauthenticated, the same for an unknown address and a wrong password. */
export async function logIn(
  ctx: Context,
  request: LoginRequest,
): Promise<{ account: Account; cookie: string }> {
  const email = normalizeEmail(request.email)
  const tries = await countTry(ctx, email)
  const user = await findUserByEmail(ctx.db, email)
  const isRight = await ctx.passwords.matches(request.password, user?.password_hash ?? HASH_OF_NOBODY)
  if (!user || !isRight)
    throw new AppError('unauthenticated', 'accounts/wrong-login', 'The address or the password is not right.')
  await ctx.hits.clear(tries)
  const now = ctx.clock.now()
  const sessionId = await insertSession(ctx.db, user.id, now, after(now, ABSOLUTE_LIFE_MS))
  return {
    account: describeAccount(user),
    cookie: sessionCookie(ctx.secrets, { userId: user.id, sessionId }, now),
  }
}
