import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { hashToken } from './email-token.ts'
import { endSessions } from './end-sessions.ts'
import { findToken, takeToken, voidAddressChange } from './letter-queries.ts'
import { requireGoodPassword } from './password-rule.ts'
import { findUser, forgetRegistrations, markVerified, setPasswordHash } from './queries.ts'
import { writeLetter } from './write-letter.ts'

function linkNotValid(): AppError {
  return new AppError(
    'gone',
    'accounts/link-not-valid',
    'This link has been used already, is older than 30 minutes, or a newer letter was sent. Ask for a new letter.',
  )
}

/**
 * The account has the new password, every login has ended, and its owner gets a notice. Nobody is logged in by it. An
 * address that was not confirmed is confirmed by it, since the link came from there.
 * @throws AppError gone for a used, old or unknown token; invalid for a password that is too easy
 */
export async function resetPassword(ctx: Context, token: string, password: string): Promise<void> {
  const sha256 = hashToken(token)
  const now = ctx.clock.now()
  // Before any hashing: a token that is worth nothing costs nothing.
  const account = await findToken(ctx.db, sha256, 'reset-password', now)
  if (!account) throw linkNotValid()
  requireGoodPassword(password, account)
  const passwordHash = await ctx.passwords.hash(password)
  await ctx.db.transaction().execute(async (tx) => {
    const used = await takeToken(tx, sha256, 'reset-password', now)
    const user = used ? await findUser(tx, used.user_id) : undefined
    if (!user) throw linkNotValid()
    if (user.verified_at) await setPasswordHash(tx, user.id, passwordHash)
    // A name that somebody else may have registered this address with does not come along.
    else await markVerified(tx, user.id, { password_hash: passwordHash, display_name: null }, now)
    await forgetRegistrations(tx, user.id)
    await voidAddressChange(tx, user.id)
    await endSessions(tx, user.id)
    await writeLetter(ctx, tx, { userId: user.id, kind: 'password-changed' })
  })
}
