import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'

const LETTERS_PER_HOUR = 6

/** Whether an address may get one more letter this hour, whoever asks for it and from wherever. Counts the try. */
export async function mayWriteTo(ctx: Context, email: string): Promise<boolean> {
  const key = `letters-to:${createHash('sha256').update(email).digest('hex')}`
  const { hits } = await ctx.hits.hit(key, 3600)
  return hits <= LETTERS_PER_HOUR
}
