import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import type { LetterKind } from '../platform/db/schema.ts'
import { insertLetter } from './letter-queries.ts'
import type { Registration } from './queries.ts'

export interface NewLetter {
  kind: LetterKind
  /** Whose account it is about; left out, whoever has the address when the letter is delivered. */
  userId?: string
  /** Where it goes when that is not the account's own address. */
  address?: string
  /** What the link of the letter will confirm. */
  registration?: Registration
  detail?: string
  /** Of all letters with the same cause one is written. */
  cause?: string
}

/** Puts a letter into the outbox of this transaction; a worker writes and sends it. */
export async function writeLetter(ctx: Context, tx: Tx, letter: NewLetter): Promise<void> {
  const letterId = await insertLetter(tx, {
    kind: letter.kind,
    userId: letter.userId ?? null,
    address: letter.address ?? null,
    registration: letter.registration,
    detail: letter.detail ?? null,
    cause: letter.cause ?? null,
    now: ctx.clock.now(),
  })
  if (letterId) await ctx.queue.enqueue('send-letter', { letterId }, { tx })
}
