import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError } from '../core/errors.ts'
import { isUniqueViolation } from '../platform/db/unique-violation.ts'
import { checkPassword } from './check-password.ts'
import { normalizeEmail } from './email-address.ts'
import { hashToken } from './email-token.ts'
import { deleteTokens, takeToken } from './letter-queries.ts'
import { mayWriteTo } from './may-write-to.ts'
import { findUser, setEmail } from './queries.ts'
import { writeLetter } from './write-letter.ts'

/**
 * A letter is on its way to the new address; nothing changes before its link is opened. The answer is the same for an
 * address that has an account.
 * @throws AppError invalid for a wrong password
 */
export async function requestEmailChange(
  ctx: Context,
  actor: Actor,
  request: { password: string; email: string },
): Promise<void> {
  const user = await checkPassword(ctx, actor, request.password)
  const address = normalizeEmail(request.email)
  if (address === user.email)
    throw new AppError('invalid', 'invalid-request', 'This is your address already.', {
      fields: { email: 'This is your address already.' },
    })
  if (!(await mayWriteTo(ctx, address))) return
  await ctx.db
    .transaction()
    .execute((tx) => writeLetter(ctx, tx, { userId: user.id, kind: 'confirm-new-email', address }))
}

/**
 * The account has the address the token was sent to; a notice goes to the one before, and links sent there are worth
 * nothing. @throws AppError gone for a used, old or unknown token
 */
export async function confirmEmailChange(ctx: Context, token: string): Promise<void> {
  const now = ctx.clock.now()
  try {
    await ctx.db.transaction().execute(async (tx) => {
      const used = await takeToken(tx, hashToken(token), 'change-email', now)
      const user = used ? await findUser(tx, used.user_id) : undefined
      if (!used?.new_email || !user || !(await setEmail(tx, user.id, used.new_email))) throw linkNotValid()
      await deleteTokens(tx, user.id, 'reset-password')
      await writeLetter(ctx, tx, { userId: user.id, kind: 'email-changed', address: user.email })
    })
  } catch (error) {
    // Somebody else took the address at the same moment.
    throw isUniqueViolation(error) ? linkNotValid() : error
  }
}

function linkNotValid(): AppError {
  return new AppError(
    'gone',
    'accounts/link-not-valid',
    'This link has been used already, is older than 24 hours, or the address belongs to another account by now.',
  )
}
