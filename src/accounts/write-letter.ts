import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import { insertLetter, type Registration } from './queries.ts'

export interface NewLetter {
  userId: string
  kind: 'verify-email' | 'already-registered'
  /** What the link of the letter will confirm. */
  registration?: Registration
}

/** Puts a letter into the outbox of this transaction; a worker writes and sends it. */
export async function writeLetter(ctx: Context, tx: Tx, letter: NewLetter): Promise<void> {
  const { userId, kind, registration } = letter
  const letterId = await insertLetter(tx, { userId, kind, registration, now: ctx.clock.now() })
  await ctx.queue.enqueue('send-letter', { letterId }, { tx })
}
