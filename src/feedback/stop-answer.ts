import timers from 'node:timers/promises'
import { commitUnit, refundUnit } from '../billing/settle-unit.ts'
import { ANALYSIS_CHANNEL, type Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { absent } from '../core/errors.ts'
import { findFlight } from './answers-in-flight.ts'
import { stopNotice } from './keep-run.ts'
import { endMessage, findMessage, holdAccount, notify, requestStop } from './queries.ts'

/** A run that lives hears of it at once; one that does not has lost its process. */
const PATIENCE_MS = 3000
const LOOK_EVERY_MS = 40

async function hasEnded(ctx: Context, userId: string, analysisId: string, id: string): Promise<boolean> {
  const deadline = performance.now() + PATIENCE_MS
  while (performance.now() < deadline) {
    const row = await findMessage(ctx.db, userId, analysisId, id)
    if (row?.status !== 'streaming') return true
    await timers.setTimeout(LOOK_EVERY_MS)
  }
  return false
}

/** What the dead process had stored stays, and counts if it is anything. */
async function endForDeadProcess(ctx: Context, userId: string, id: string): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const end = {
      status: 'stopped' as const,
      text: undefined,
      errorCode: null,
      verdict: null,
      facts: undefined,
    }
    await holdAccount(tx, userId)
    const ended = await endMessage(tx, id, end)
    if (!ended) return
    if (ended.text === '') await refundUnit(ctx, tx, id, 'stopped')
    else await commitUnit(ctx, tx, id)
  })
  await notify(ctx.db, ANALYSIS_CHANNEL, id)
}

/** The answer has ended where it was, in whichever process it was made; what was written stays. @throws AppError absent */
export async function stopAnswer(
  ctx: Context,
  actor: Actor,
  analysisId: string,
  messageId: string,
): Promise<void> {
  const { userId } = actor
  const message = await findMessage(ctx.db, userId, analysisId, messageId)
  if (!message) throw absent('message')
  if (message.status !== 'streaming') return
  await requestStop(ctx.db, userId, messageId, ctx.clock.now())
  findFlight(messageId)?.abort('stopped by the user')
  await notify(ctx.db, ANALYSIS_CHANNEL, stopNotice(messageId))
  if (!(await hasEnded(ctx, userId, analysisId, messageId))) await endForDeadProcess(ctx, userId, messageId)
}
