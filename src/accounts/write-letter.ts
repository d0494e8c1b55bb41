import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import { insertLetter } from './queries.ts'

/** Puts a letter into the outbox of this transaction; a worker writes and sends it. */
export async function writeLetter(
  ctx: Context,
  tx: Tx,
  userId: string,
  kind: 'verify-email' | 'already-registered',
): Promise<void> {
  const letterId = await insertLetter(tx, userId, kind, ctx.clock.now())
  await ctx.queue.enqueue('send-letter', { letterId }, { tx })
}
