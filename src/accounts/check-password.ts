import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError } from '../core/errors.ts'
import { waitingWords } from '../core/http/waiting-words.ts'
import { findUser } from './queries.ts'

const TRIES = 10
const TRIES_WINDOW_SECONDS = 900

/** Counts one try with a password, before any hashing. @throws AppError exhausted. @returns forgets the tries */
export async function countTry(ctx: Context, name: string, subject: string): Promise<() => Promise<void>> {
  const key = `${name}:${createHash('sha256').update(subject).digest('hex')}`
  const { hits, resetsAt } = await ctx.hits.hit(key, TRIES_WINDOW_SECONDS)
  if (hits > TRIES) {
    const retryAfterSeconds = Math.max(1, Math.ceil((resetsAt.getTime() - ctx.clock.now().getTime()) / 1000))
    throw new AppError(
      'exhausted',
      'accounts/too-many-logins',
      `Too many tries with this account. Wait ${waitingWords(retryAfterSeconds)} and try again.`,
      { retryAfterSeconds },
    )
  }
  return () => ctx.hits.clear(key)
}

/**
 * Whoever asks knows the password of the account they are logged in to: a stolen cookie alone is not enough.
 * @throws AppError invalid with the field `password`, or exhausted
 */
export async function checkPassword(ctx: Context, actor: Actor, password: string) {
  const forgetTries = await countTry(ctx, 'password-check', actor.userId)
  const user = await findUser(ctx.db, actor.userId)
  if (!user) throw new AppError('unauthenticated', 'accounts/not-logged-in', 'Log in first.')
  if (!(await ctx.passwords.matches(password, user.password_hash)))
    throw new AppError('invalid', 'accounts/wrong-password', 'That is not your present password.', {
      fields: { password: 'That is not your present password.' },
    })
  await forgetTries()
  return user
}
