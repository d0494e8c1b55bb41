import type { Context } from '../context.ts'
import { normalizeEmail } from './email-address.ts'
import { mayWriteTo } from './may-write-to.ts'
import { writeLetter } from './write-letter.ts'

/**
 * If the address waits for confirmation, a fresh letter for its latest registration is on its way. Whether it does is
 * found out by a worker: the work here is the same for every address.
 */
export async function requestVerificationLetter(ctx: Context, address: string): Promise<void> {
  const email = normalizeEmail(address)
  if (!(await mayWriteTo(ctx, email))) return
  await ctx.db.transaction().execute((tx) => writeLetter(ctx, tx, { kind: 'verify-email', address: email }))
}
