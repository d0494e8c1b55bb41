import { deliverLetter } from '../src/accounts/deliver-letter.ts'
import type { Context } from '../src/context.ts'

export async function workOnLetters(ctx: Context): Promise<void> {
  await ctx.queue.work('send-letter', 2, ({ payload }) => deliverLetter(ctx, payload.letterId))
}
