import { getSummary } from '../analyses/get-analysis.ts'
import { refundUnit } from '../billing/settle-unit.ts'
import { ANALYSIS_CHANNEL, type Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { stopNotice } from './keep-run.ts'
import { deleteMessagesFrom, deleteSentBlocks, notify } from './queries.ts'

/** The conversation is gone with all its versions; an answer under way stops and costs nothing. @throws AppError absent */
export async function clearChat(ctx: Context, actor: Actor, analysisId: string): Promise<void> {
  await getSummary(ctx, actor, analysisId)
  const running = await ctx.db.transaction().execute(async (tx) => {
    const ids = await deleteMessagesFrom(tx, actor.userId, analysisId, 0)
    await deleteSentBlocks(tx, actor.userId, analysisId)
    for (const id of ids) await refundUnit(ctx, tx, id, 'deleted')
    return ids
  })
  for (const id of running) {
    await notify(ctx.db, ANALYSIS_CHANNEL, stopNotice(id))
    await notify(ctx.db, ANALYSIS_CHANNEL, id)
  }
}
