import type { Analysis } from '../analyses/contract.ts'
import { commitUnit, type RefundReason, refundUnit } from '../billing/settle-unit.ts'
import { ANALYSIS_CHANNEL, type Context } from '../context.ts'
import { checkAnswer } from '../grounding/check-answer.ts'
import { ClaudeError, type Turn } from '../platform/claude/claude.ts'
import type { Report } from '../report/contract.ts'
import { beginFlight, type Flight } from './answers-in-flight.ts'
import { type FailureWords, failureWords } from './failure-words.ts'
import { keepRun } from './keep-run.ts'
import { type Making, makeAnswer } from './make-answer.ts'
import { type AnswerEnd, endMessage, notify } from './queries.ts'
import { countSpend } from './spend.ts'

const CHARACTERS_PER_TOKEN = 2.5

export interface AnswerJob {
  answerId: string
  userId: string
  /** Who answers; never Claude once the person has objected. */
  source: 'claude' | 'offline-coach'
  kind: 'question' | 'review'
  analysis: Analysis
  report: Report
  history: Turn[]
  question: string
}

function verdictOn(job: AnswerJob, text: string): string | null {
  if (text === '') return null
  const said = [...job.history.filter((turn) => turn.role === 'user').map((turn) => turn.text), job.question]
  return JSON.stringify(
    checkAnswer(job.report, text, { said, intent: Object.values(job.analysis.intent).join(' ') }),
  )
}

/** A stop comes before the vendor has counted what was written. */
function countedUsage({ facts }: Making, text: string) {
  if (!facts.usage) return null
  const outputTokens = Math.max(facts.usage.outputTokens, Math.ceil(text.length / CHARACTERS_PER_TOKEN))
  return { ...facts.usage, outputTokens }
}

function refundReason(status: AnswerEnd['status'], isMine: boolean): RefundReason {
  if (!isMine) return 'deleted'
  return status === 'stopped' || status === 'refused' ? status : 'failed'
}

/** How it ended is stored, its unit settled to match and its cost counted: all of it or nothing. */
async function settle(
  ctx: Context,
  job: AnswerJob,
  making: Making,
  end: Omit<AnswerEnd, 'facts' | 'text'> & { text: string },
): Promise<void> {
  const usage = countedUsage(making, end.text)
  const counts = end.status === 'complete' || (end.status === 'stopped' && end.text !== '')
  await ctx.db.transaction().execute(async (tx) => {
    const stored = { ...end, facts: { ...making.facts, usage } }
    // Not ours any more: deleted meanwhile, or ended by somebody else. Then the unit goes back, or is settled already.
    const isMine = await endMessage(tx, job.answerId, stored, ctx.clock.now())
    if (isMine && counts) await commitUnit(ctx, tx, job.answerId)
    else await refundUnit(ctx, tx, job.answerId, refundReason(end.status, isMine))
    if (usage) await countSpend(ctx, tx, { userId: job.userId, model: making.model, usage })
  })
  await notify(ctx.db, ANALYSIS_CHANNEL, job.answerId)
}

function logFailure(ctx: Context, error: unknown): FailureWords {
  if (!(error instanceof ClaudeError)) {
    ctx.log.error('answer-failed', { error })
    return failureWords.interrupted
  }
  const isOurs = error.code === 'misconfigured' || error.code === 'spend-limit'
  const fields = error.upstreamRequestId === null ? {} : { upstreamRequestId: error.upstreamRequestId }
  ctx.log[isOurs ? 'error' : 'warn']('answer-failed', { code: error.code, ...fields })
  return failureWords[error.code]
}

async function endOf(ctx: Context, job: AnswerJob, making: Making, flight: Flight) {
  try {
    const text = await makeAnswer(ctx, job, making, flight)
    return { status: 'complete' as const, text, errorCode: null, verdict: verdictOn(job, text) }
  } catch (error) {
    const text = flight.text()
    if (flight.signal.reason === 'stopped by the user')
      return { status: 'stopped' as const, text, errorCode: null, verdict: verdictOn(job, text) }
    const words = flight.signal.aborted ? failureWords.interrupted : logFailure(ctx, error)
    const { status, code } = words
    return { status, text: status === 'refused' ? '' : text, errorCode: code, verdict: null }
  }
}

async function run(ctx: Context, job: AnswerJob, flight: Flight): Promise<void> {
  const making: Making = {
    model: '',
    facts: { model: null, promptVersion: '', usage: null, upstreamRequestId: null, sentSha256: null },
  }
  const stopKeeping = keepRun(ctx, { answerId: job.answerId, analysisId: job.analysis.id }, flight)
  try {
    const end = await endOf(ctx, job, making, flight)
    await stopKeeping()
    await settle(ctx, job, making, end)
  } finally {
    await stopKeeping()
    await flight.land()
  }
}

/**
 * Makes the answer and stores how it ended: complete, stopped, refused or failed, with its unit settled to match. Goes
 * on when the reader leaves; ends when the message is stopped or deleted.
 */
export function startRun(ctx: Context, job: AnswerJob): void {
  const flight = beginFlight(job.answerId)
  // What could not be stored is found and ended by the watch over silent answers.
  run(ctx, job, flight).catch((error: unknown) => ctx.log.error('answer-lost', { error }))
}
