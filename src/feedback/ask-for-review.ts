import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { type Begun, beginAnswer } from './begin-answer.ts'
import { openTalk } from './talk.ts'

/** The language's own name for English readers, so that question and answer can be read back later. */
function inLanguage(tag: string | undefined): string {
  const base = tag?.split('-')[0]
  if (base === undefined || base === 'en') return ''
  const name = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(base)
  return name === undefined ? '' : ` Write it in ${name}.`
}

/** The first word of the coach about a track: strengths, at most three priorities, and what cannot be judged. */
export async function askForReview(
  ctx: Context,
  actor: Actor,
  analysisId: string,
  language: string | undefined,
  requestKey?: string,
): Promise<Begun> {
  const talk = await openTalk(ctx, actor, analysisId)
  const text = `Review this track.${inLanguage(language)}`
  return beginAnswer(ctx, actor, talk, { kind: 'review', text, replaced: undefined, requestKey })
}
