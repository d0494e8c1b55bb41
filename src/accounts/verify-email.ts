import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { hashToken } from './email-token.ts'
import { endSessions } from './end-sessions.ts'
import { takeToken } from './letter-queries.ts'
import { findUser, forgetRegistrations, markVerified } from './queries.ts'

/**
 * The address the token was sent to is confirmed, with the password of the registration that caused the letter: one
 * that somebody else chose for the same address is worth nothing from now on.
 * @throws AppError gone for a used, old or unknown token
 */
export async function verifyEmail(ctx: Context, token: string): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    const used = await takeToken(tx, hashToken(token), 'verify-email', now)
    const user = used ? await findUser(tx, used.user_id) : undefined
    const registered = used?.password_hash ? used : user
    const registration = registered?.password_hash
      ? { password_hash: registered.password_hash, display_name: registered.display_name }
      : undefined
    if (!used || !registration || !(await markVerified(tx, used.user_id, registration, now)))
      throw new AppError(
        'gone',
        'accounts/link-not-valid',
        'This link has been used already or is older than 24 hours. If you opened it before, your address is confirmed: just log in. Otherwise ask for a new letter.',
      )
    if (user?.password_hash !== registration.password_hash) await endSessions(tx, used.user_id)
    await forgetRegistrations(tx, used.user_id)
  })
}
