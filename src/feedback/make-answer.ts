import { getUsage } from '../billing/get-usage.ts'
import type { Context } from '../context.ts'
import { hideNames } from '../grounding/hide-names.ts'
import type { Told } from '../grounding/tell-analysis.ts'
import type { Flight } from './answers-in-flight.ts'
import { answerOffline, OFFLINE_COACH_VERSION } from './offline-coach.ts'
import { PROMPT_RULES, PROMPT_VERSION } from './prompt-rules.ts'
import { findRun, insertSentBlock, type RunFacts } from './queries.ts'
import type { AnswerJob } from './run-answer.ts'
import { userTag } from './user-tag.ts'
import { viewOf } from './view-of.ts'

/** What is known of an answer while it is made; filled as it becomes known, so that failures keep it too. */
export interface Making {
  /** Asked for; '' when no model was asked. */
  model: string
  facts: RunFacts
  /** What the model was told; null when none was asked. */
  told: Told | null
  /** When the model was asked and when its first word came, on the clock of this process. */
  askedAtMs: number | null
  firstWordAtMs: number | null
  /** Of all that was sent, for a run that ends before the vendor has counted it. */
  sentCharacters: number
}

/** The one character that no text column can hold. */
const withoutNul = (text: string) => text.replaceAll('\0', '')

/** Whoever stopped, deleted or objected before this run began to listen is heard all the same. @throws what ends the run */
async function obeyBeforeAsking(ctx: Context, { answerId }: AnswerJob, flight: Flight): Promise<void> {
  const state = await findRun(ctx.db, answerId)
  if (!state) flight.abort('deleted')
  else if (state.isStopRequested) flight.abort('stopped by the user')
  flight.signal.throwIfAborted()
}

/** The text of the answer, written to the flight as it comes. @throws ClaudeError; the flight's reason to stop */
export async function makeAnswer(
  ctx: Context,
  job: AnswerJob,
  making: Making,
  flight: Flight,
): Promise<string> {
  const { report, analysis, userId } = job
  if (!ctx.claude || job.source === 'offline-coach') {
    making.facts.promptVersion = OFFLINE_COACH_VERSION
    const text = answerOffline(report, analysis.intent, job)
    flight.write(text)
    return text
  }
  const { tier } = await getUsage(ctx, userId)
  making.model = ctx.config.claude.models[tier]
  making.facts.model = making.model
  making.facts.promptVersion = PROMPT_VERSION
  const { json, told, sha256, names } = await viewOf(ctx, userId, analysis, report)
  making.facts.sentSha256 = sha256
  making.told = told
  await obeyBeforeAsking(ctx, job, flight)
  await insertSentBlock(ctx.db, { answerId: job.answerId, sha256, text: json, now: ctx.clock.now() })
  // Answers hold ids already: only what the person wrote can name something, also what came to have a name since.
  const turns = [...job.history, { role: 'user' as const, text: job.toldText }].map(({ role, text }) => ({
    role,
    text: role === 'user' ? hideNames(text, names) : text,
  }))
  making.askedAtMs = performance.now()
  making.sentCharacters =
    PROMPT_RULES.length + json.length + turns.reduce((sum, { text }) => sum + text.length, 0)
  const answer = await ctx.claude.answer(
    {
      model: making.model,
      rules: PROMPT_RULES,
      analysis: json,
      turns,
      userTag: userTag(ctx.secrets, userId),
    },
    {
      signal: flight.signal,
      onText(delta) {
        making.firstWordAtMs ??= performance.now()
        flight.write(withoutNul(delta))
      },
      onUsage(usage) {
        making.facts.usage = usage
      },
    },
  )
  making.facts.model = answer.model
  making.facts.upstreamRequestId = answer.upstreamRequestId
  return withoutNul(answer.text)
}
