import { takeLetterToken } from '../accounts/take-letter-token.ts'
import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import {
  countParts,
  deleteParts,
  findLatestExport,
  findPart,
  markFailed,
  takeReadyExport,
} from './export-queries.ts'

const REMADE_WITHIN_SECONDS = 90

function linkNotValid(): AppError {
  return new AppError(
    'gone',
    'accounts/link-not-valid',
    'This link has been used already or is older than 24 hours. Ask for a new copy on your account page.',
  )
}

/** The copy that the link of a letter stands for; from now on the link is worth nothing. @throws AppError gone */
async function takeCopy(ctx: Context, token: string): Promise<{ id: string; parts: number }> {
  const now = ctx.clock.now()
  return ctx.db.transaction().execute(async (tx) => {
    const userId = await takeLetterToken(ctx, tx, token, 'fetch-export')
    if (!userId) throw linkNotValid()
    const taken = await takeReadyExport(tx, userId, now)
    if (taken) return { id: taken.id, parts: await countParts(tx, taken.id) }
    if ((await findLatestExport(tx, userId, now))?.state !== 'stale') throw linkNotValid()
    throw new AppError(
      'unavailable',
      'privacy/export-made-anew',
      'Something in this copy was deleted since, so it is being made anew. Try again in a minute or two; the link still works.',
      { retryAfterSeconds: REMADE_WITHIN_SECONDS },
    )
  })
}

/**
 * The archive, part after part; once its last part was taken it is here no longer. A reader who leaves before may ask for
 * another copy at once. @throws AppError gone, or unavailable while it is made anew
 */
export async function fetchExport(ctx: Context, token: string): Promise<AsyncGenerator<Uint8Array>> {
  const { id, parts } = await takeCopy(ctx, token)
  return readCopy(ctx, id, parts)
}

async function* readCopy(ctx: Context, id: string, parts: number): AsyncGenerator<Uint8Array> {
  let isWhole = false
  try {
    for (let number = 0; number < parts; number += 1) {
      const part = await findPart(ctx.db, id, number)
      if (!part) throw new Error('A part of the copy went while it was read')
      yield part
    }
    isWhole = true
  } finally {
    await (isWhole ? deleteParts(ctx.db, id) : markFailed(ctx.db, id))
  }
}
