import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { absent } from '../core/errors.ts'
import { stopAnswerHere } from './answers-in-flight.ts'
import { findMessage } from './queries.ts'

/** The answer ends where it is; what was written stays. @throws AppError absent */
export async function stopAnswer(
  ctx: Context,
  actor: Actor,
  analysisId: string,
  messageId: string,
): Promise<void> {
  const message = await findMessage(ctx.db, actor.userId, analysisId, messageId)
  if (!message) throw absent('message')
  if (message.status === 'streaming') stopAnswerHere(messageId, 'stopped by the user')
}
