import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { hashToken } from './email-token.ts'
import { markVerified, useToken } from './queries.ts'

/** The address the token was sent to is confirmed. @throws AppError gone for a used, old or unknown token. */
export async function verifyEmail(ctx: Context, token: string): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    const used = await useToken(tx, hashToken(token), now)
    if (!used)
      throw new AppError(
        'gone',
        'accounts/link-not-valid',
        'This link has been used already or is older than 24 hours. If you cannot log in, ask for a new letter.',
      )
    await markVerified(tx, used.user_id, now)
  })
}
