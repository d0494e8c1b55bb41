import { getSummary } from '../analyses/get-analysis.ts'
import { commitUnit } from '../billing/settle-unit.ts'
import { ANALYSIS_CHANNEL, type Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { stopNotice } from './keep-run.ts'
import { deleteMessagesFrom, deleteSentBlocks, holdAccount, notify } from './queries.ts'

/**
 * The conversation is gone with all its versions. An answer under way stops; it counts when words of it had come, since
 * they were there to be read. One without words is given back by its run, which hears of this at once.
 * @throws AppError absent
 */
export async function clearChat(ctx: Context, actor: Actor, analysisId: string): Promise<void> {
  await getSummary(ctx, actor, analysisId)
  const running = await ctx.db.transaction().execute(async (tx) => {
    await holdAccount(tx, actor.userId)
    const streaming = await deleteMessagesFrom(tx, actor.userId, analysisId, 0)
    await deleteSentBlocks(tx, actor.userId, analysisId)
    for (const { id, hasText } of streaming) if (hasText) await commitUnit(ctx, tx, id)
    return streaming
  })
  for (const { id } of running) {
    await notify(ctx.db, ANALYSIS_CHANNEL, stopNotice(id))
    await notify(ctx.db, ANALYSIS_CHANNEL, id)
  }
}
