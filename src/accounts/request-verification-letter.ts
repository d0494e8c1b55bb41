import type { Context } from '../context.ts'
import { normalizeEmail } from './email-address.ts'
import { mayWriteTo } from './may-write-to.ts'
import { findLatestRegistration, findUserByEmail } from './queries.ts'
import { writeLetter } from './write-letter.ts'

/** If the address waits for confirmation, a fresh letter for its latest registration is on its way. */
export async function requestVerificationLetter(ctx: Context, address: string): Promise<void> {
  const email = normalizeEmail(address)
  if (!(await mayWriteTo(ctx, email))) return
  const user = await findUserByEmail(ctx.db, email)
  if (!user || user.verified_at) return
  const registration = (await findLatestRegistration(ctx.db, user.id)) ?? user
  await ctx.db
    .transaction()
    .execute((tx) => writeLetter(ctx, tx, { userId: user.id, kind: 'verify-email', registration }))
}
