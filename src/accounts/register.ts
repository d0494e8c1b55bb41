import type { Context } from '../context.ts'
import type { RegisterRequest } from './contract.ts'
import { normalizeEmail } from './email-address.ts'
import {
  deleteSessionsOf,
  deleteTokensOf,
  findUserByEmail,
  insertUser,
  replaceUnverifiedUser,
} from './queries.ts'
import { writeLetter } from './write-letter.ts'

/**
 * A new address has an account that waits for confirmation, and a letter is on its way. An address that waits already
 * starts over; one that is confirmed gets a letter saying so. The caller cannot tell which: same work, same answer.
 */
export async function register(ctx: Context, request: RegisterRequest): Promise<void> {
  const email = normalizeEmail(request.email)
  const passwordHash = await ctx.passwords.hash(request.password)
  const displayName = request.displayName ?? null
  const known = await findUserByEmail(ctx.db, email)
  await ctx.db.transaction().execute(async (tx) => {
    if (known?.verified_at) return writeLetter(ctx, tx, known.id, 'already-registered')
    if (known) {
      await replaceUnverifiedUser(tx, known.id, { displayName, passwordHash })
      await deleteTokensOf(tx, known.id)
      await deleteSessionsOf(tx, known.id)
      return writeLetter(ctx, tx, known.id, 'verify-email')
    }
    const userId = await insertUser(tx, { email, displayName, passwordHash, now: ctx.clock.now() })
    // Nothing was inserted when the same address came twice at once: the other request wrote the letter.
    if (userId) await writeLetter(ctx, tx, userId, 'verify-email')
  })
}
