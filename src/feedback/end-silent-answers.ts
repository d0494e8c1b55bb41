import { listHeldUnits } from '../billing/list-held-units.ts'
import { refundUnit } from '../billing/settle-unit.ts'
import type { Context } from '../context.ts'
import { MINUTE_MS } from '../core/clock.ts'
import { failureWords } from './failure-words.ts'
import { endMessage, listSilentAnswers, listStreaming } from './queries.ts'

/** An answer whose process gives no sign of life for this long died with it. */
const SILENCE_MS = 0.75 * MINUTE_MS

/** Longer than any answer may take. */
const HELD_TOO_LONG_MS = 10 * MINUTE_MS

/** Units whose answer is gone, deleted while its process died, are given back. */
async function refundLostAnswers(ctx: Context): Promise<void> {
  const held = await listHeldUnits(ctx, 'message', new Date(ctx.clock.now().getTime() - HELD_TOO_LONG_MS))
  const streaming = await listStreaming(ctx.db, held)
  for (const id of held)
    if (!streaming.has(id)) await ctx.db.transaction().execute((tx) => refundUnit(ctx, tx, id))
}

/** No message stays "streaming" after a crash; its unit is given back. */
export async function endSilentAnswers(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  for (const { id } of await listSilentAnswers(ctx.db, new Date(now.getTime() - SILENCE_MS)))
    await ctx.db.transaction().execute(async (tx) => {
      const end = { status: 'failed' as const, text: '', errorCode: failureWords.interrupted.code }
      if (await endMessage(tx, id, end, now)) await refundUnit(ctx, tx, id)
    })
  await refundLostAnswers(ctx)
}
