import { refundUnit } from '../billing/settle-unit.ts'
import type { Context } from '../context.ts'
import { MINUTE_MS } from '../core/clock.ts'
import { failureWords } from './failure-words.ts'
import { endMessage, listSilentAnswers } from './queries.ts'

/** An answer whose process gives no sign of life for this long died with it. */
const SILENCE_MS = 0.75 * MINUTE_MS

/** No message stays "streaming" after a crash; its unit is given back. */
export async function endSilentAnswers(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  for (const { id } of await listSilentAnswers(ctx.db, new Date(now.getTime() - SILENCE_MS)))
    await ctx.db.transaction().execute(async (tx) => {
      const end = { status: 'failed' as const, text: '', errorCode: failureWords.interrupted.code }
      if (await endMessage(tx, id, end, now)) await refundUnit(ctx, tx, id)
    })
}
