import { findRepeat } from '../billing/request-key.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { absent } from '../core/errors.ts'
import { type Begun, beginAnswer } from './begin-answer.ts'
import { openTalk } from './talk.ts'

/**
 * A question is asked and its answer awaited. With `replaces` an earlier question goes, with everything after it.
 * @throws AppError absent, spent, exhausted, unavailable, or conflict
 */
export async function ask(
  ctx: Context,
  actor: Actor,
  analysisId: string,
  { text, replaces }: { text: string; replaces?: string | undefined },
  requestKey?: string,
): Promise<Begun> {
  const talk = await openTalk(ctx, actor, analysisId)
  // The first time it came, the question it replaces went: a repeat finds it no more.
  const isRepeat = replaces !== undefined && (await findRepeat(ctx, actor.userId, requestKey)) !== undefined
  const replaced = talk.rows.find((row) => row.id === replaces && row.role === 'user')
  if (replaces !== undefined && !replaced && !isRepeat) throw absent('question')
  return beginAnswer(ctx, actor, talk, { kind: 'question', text, replaced, requestKey })
}
