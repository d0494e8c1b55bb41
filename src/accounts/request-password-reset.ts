import type { Context } from '../context.ts'
import { normalizeEmail } from './email-address.ts'
import { mayWriteTo } from './may-write-to.ts'
import { writeLetter } from './write-letter.ts'

/**
 * If the address has an account, a letter with a link to choose a new password is on its way. Whether it has is found
 * out by a worker: the work here is the same for every address.
 */
export async function requestPasswordReset(ctx: Context, address: string): Promise<void> {
  const email = normalizeEmail(address)
  if (!(await mayWriteTo(ctx, email))) return
  await ctx.db.transaction().execute((tx) => writeLetter(ctx, tx, { kind: 'reset-password', address: email }))
}
