import { takeLetterToken } from '../accounts/take-letter-token.ts'
import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { takeArchive } from './queries.ts'

/** The archive that the link of a letter stands for, once. @throws AppError gone */
export async function fetchExport(ctx: Context, token: string): Promise<Uint8Array> {
  return ctx.db.transaction().execute(async (tx) => {
    const userId = await takeLetterToken(ctx, tx, token, 'fetch-export')
    const archive = userId ? await takeArchive(tx, userId, ctx.clock.now()) : undefined
    if (!archive)
      throw new AppError(
        'gone',
        'accounts/link-not-valid',
        'This link has been used already or is older than 24 hours. Ask for a new copy on your account page.',
      )
    return archive
  })
}
