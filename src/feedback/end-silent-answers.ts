import { listHeldUnits } from '../billing/list-held-units.ts'
import { refundUnit } from '../billing/settle-unit.ts'
import { ANALYSIS_CHANNEL, type Context } from '../context.ts'
import { MINUTE_MS, SECOND_MS } from '../core/clock.ts'
import { failureWords } from './failure-words.ts'
import { endMessage, holdAccount, listSilentAnswers, listStreaming, notify } from './queries.ts'

/** An answer whose process gives no sign of life for this long died with it. */
const SILENCE_SECONDS = 30
const LOOK_EVERY_MS = 10 * SECOND_MS

/** Longer than any answer may take. */
const HELD_TOO_LONG_MS = 10 * MINUTE_MS

/** Units whose answer is gone, deleted while its process died, are given back. */
async function refundLostAnswers(ctx: Context): Promise<void> {
  const held = await listHeldUnits(ctx, 'message', new Date(ctx.clock.now().getTime() - HELD_TOO_LONG_MS))
  const streaming = await listStreaming(ctx.db, held)
  for (const id of held)
    if (!streaming.has(id)) await ctx.db.transaction().execute((tx) => refundUnit(ctx, tx, id, 'interrupted'))
}

/** No message stays "streaming" after a crash: what was written stays, marked as broken off, and its unit is given back. */
export async function endSilentAnswers(ctx: Context): Promise<void> {
  const { status, code: errorCode } = failureWords.interrupted
  for (const { id, user_id: userId } of await listSilentAnswers(ctx.db, SILENCE_SECONDS)) {
    await ctx.db.transaction().execute(async (tx) => {
      await holdAccount(tx, userId)
      const end = { status, text: undefined, errorCode, verdict: null, facts: undefined }
      if (await endMessage(tx, id, end)) await refundUnit(ctx, tx, id, 'interrupted')
    })
    await notify(ctx.db, ANALYSIS_CHANNEL, id)
  }
  await refundLostAnswers(ctx)
}

/** Every process looks after the answers of all: none waits for a minute. @returns stops looking */
export function watchSilentAnswers(ctx: Context): () => void {
  const look = () => {
    endSilentAnswers(ctx).catch((error: unknown) => ctx.log.warn('silent-answers-not-ended', { error }))
  }
  look()
  const timer = setInterval(look, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}
