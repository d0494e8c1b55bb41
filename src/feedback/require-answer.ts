import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { absent } from '../core/errors.ts'
import { findMessage } from './queries.ts'

/** @throws AppError absent unless this is an answer of the actor's own conversation */
export async function requireAnswer(
  ctx: Context,
  actor: Actor,
  analysisId: string,
  messageId: string,
): Promise<void> {
  const message = await findMessage(ctx.db, actor.userId, analysisId, messageId)
  if (message?.role !== 'assistant') throw absent('answer')
}
