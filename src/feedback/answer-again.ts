import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError, absent } from '../core/errors.ts'
import { type Begun, beginAnswer } from './begin-answer.ts'
import { openTalk } from './talk.ts'

/**
 * The newest question gets another answer: after a failure, or beside the one it has, which stays as an earlier
 * version. What failed cost nothing, so that a repetition costs one message in all.
 */
export async function answerAgain(
  ctx: Context,
  actor: Actor,
  analysisId: string,
  questionId: string,
): Promise<Begun> {
  const talk = await openTalk(ctx, actor, analysisId)
  const newest = talk.rows.findLast((row) => row.role === 'user')
  if (!talk.rows.some((row) => row.id === questionId && row.role === 'user')) throw absent('question')
  if (newest?.id !== questionId)
    throw new AppError(
      'conflict',
      'feedback/not-the-newest',
      'Only the newest question can be answered again. To go back further, edit the question.',
    )
  return beginAnswer(ctx, actor, talk, { again: newest })
}
