import type { Context } from '../context.ts'
import { normalizeEmail } from './email-address.ts'
import { findUserByEmail } from './queries.ts'
import { writeLetter } from './write-letter.ts'

/** If the address waits for confirmation, a fresh letter is on its way; the caller cannot tell. */
export async function requestVerificationLetter(ctx: Context, address: string): Promise<void> {
  const user = await findUserByEmail(ctx.db, normalizeEmail(address))
  if (!user || user.verified_at) return
  await ctx.db.transaction().execute((tx) => writeLetter(ctx, tx, user.id, 'verify-email'))
}
