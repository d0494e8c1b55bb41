import { ANALYSIS_CHANNEL, type Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import { stopNotice } from './keep-run.ts'
import { notify, queueQuestionsOf, requestStopOfClaude } from './queries.ts'

/**
 * Whatever Claude is writing for this person stops, in whichever process; what had come stays. The runs hear of it once
 * the transaction holds, and no question is begun meanwhile.
 */
export async function stopClaudeAnswers(ctx: Context, tx: Tx, userId: string): Promise<void> {
  await queueQuestionsOf(tx, userId)
  const ids = await requestStopOfClaude(tx, userId, ctx.clock.now())
  for (const id of ids) await notify(tx, ANALYSIS_CHANNEL, stopNotice(id))
}
