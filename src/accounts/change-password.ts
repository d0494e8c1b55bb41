import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { checkPassword } from './check-password.ts'
import { endSessions } from './end-sessions.ts'
import { deleteTokens, voidAddressChange } from './letter-queries.ts'
import { openSession, type Visitor } from './log-in.ts'
import { requireGoodPassword } from './password-rule.ts'
import { setPasswordHash } from './queries.ts'
import { writeLetter } from './write-letter.ts'

/**
 * The account has the new password; every other login has ended, and this one goes on under a new session.
 * @returns a Set-Cookie value
 * @throws AppError invalid for a wrong present password or a new one that is too easy
 */
export async function changePassword(
  ctx: Context,
  actor: Actor,
  passwords: { password: string; newPassword: string },
  visitor: Visitor,
): Promise<string> {
  const user = await checkPassword(ctx, actor, passwords.password)
  requireGoodPassword(passwords.newPassword, user, 'newPassword')
  const passwordHash = await ctx.passwords.hash(passwords.newPassword)
  await ctx.db.transaction().execute(async (tx) => {
    await setPasswordHash(tx, user.id, passwordHash)
    await deleteTokens(tx, user.id, 'reset-password')
    await voidAddressChange(tx, user.id)
    await endSessions(tx, user.id)
    await writeLetter(ctx, tx, { userId: user.id, kind: 'password-changed' })
  })
  return openSession(ctx, user, visitor)
}
