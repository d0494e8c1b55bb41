import timers from 'node:timers/promises'
import type { Analysis } from '../analyses/contract.ts'
import { commitUnit, type RefundReason, refundUnit } from '../billing/settle-unit.ts'
import { ANALYSIS_CHANNEL, type Context } from '../context.ts'
import { layOut } from '../grounding/answer-view.ts'
import { checkAgainst, checkAnswer } from '../grounding/check-answer.ts'
import { ClaudeError, type Turn } from '../platform/claude/claude.ts'
import type { Report } from '../report/contract.ts'
import { beginFlight, type Flight } from './answers-in-flight.ts'
import { countedUsage } from './counted-usage.ts'
import { type FailureWords, failureWords } from './failure-words.ts'
import { keepRun } from './keep-run.ts'
import { type Making, makeAnswer } from './make-answer.ts'
import { type AnswerEnd, endMessage, holdAccount, notify } from './queries.ts'
import { countSpend } from './spend.ts'

/** Between two tries to store how an answer ended. */
const STORE_AGAIN_MS = 500

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
  /** The question as Claude is told it. */
  toldText: string
}

function verdictOn(job: AnswerJob, { told }: Making, text: string): string | null {
  if (text === '') return null
  const said = [
    ...job.history.filter((turn) => turn.role === 'user').map((turn) => turn.text),
    job.question,
    job.toldText,
  ]
  const theirs = { said, intent: Object.values(job.analysis.intent).join(' ') }
  // Against what was told, since no more than that can bear an answer out; the offline coach reads the whole report.
  const verdict = told ? checkAgainst(layOut(told), text, theirs) : checkAnswer(job.report, text, theirs)
  return JSON.stringify(verdict)
}

type End = Omit<AnswerEnd, 'facts' | 'text'> & { text: string; isDeleted: boolean }

/** What was there to be read counts, even when it was deleted before it was whole; what failed does not. */
function countsAsAnswer({ status, text, isDeleted }: End): boolean {
  return status === 'complete' || (text !== '' && (status === 'stopped' || isDeleted))
}

function refundReason(status: AnswerEnd['status'], isMine: boolean): RefundReason {
  if (!isMine) return 'deleted'
  return status === 'stopped' || status === 'refused' ? status : 'failed'
}

/** How it ended is stored, its unit settled to match and its cost counted: all of it or nothing. */
async function settle(ctx: Context, job: AnswerJob, making: Making, end: End): Promise<void> {
  const usage = countedUsage(making, end.text, end.status === 'complete')
  await ctx.db.transaction().execute(async (tx) => {
    await holdAccount(tx, job.userId)
    const stored = { ...end, facts: { ...making.facts, usage } }
    // Not ours any more: deleted meanwhile, or ended by somebody else, who has settled its unit then.
    const isMine = (await endMessage(tx, job.answerId, stored)) !== undefined
    if (countsAsAnswer(end)) await commitUnit(ctx, tx, job.answerId)
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

/** An answer that was cut at its longest is one all the same: it stays, is checked, and says so. */
function isCutAtLongest(error: unknown, text: string): boolean {
  return error instanceof ClaudeError && error.code === 'answer-too-long' && text.trim() !== ''
}

function endOfBroken(ctx: Context, error: unknown, flight: Flight): Omit<End, 'verdict'> {
  const text = flight.text()
  const { reason, aborted } = flight.signal
  const isDeleted = reason === 'deleted'
  if (reason === 'stopped by the user') return { status: 'stopped', text, errorCode: null, isDeleted }
  if (!aborted && isCutAtLongest(error, text))
    return { status: 'stopped', text, errorCode: failureWords['answer-too-long'].code, isDeleted }
  const { status, code } = aborted ? failureWords.interrupted : logFailure(ctx, error)
  return { status, text: status === 'refused' ? '' : text, errorCode: code, isDeleted }
}

/** Whatever text stays is checked. */
async function endOf(ctx: Context, job: AnswerJob, making: Making, flight: Flight): Promise<End> {
  try {
    const text = await makeAnswer(ctx, job, making, flight)
    return {
      status: 'complete',
      text,
      errorCode: null,
      verdict: verdictOn(job, making, text),
      isDeleted: false,
    }
  } catch (error) {
    if (error instanceof ClaudeError) making.facts.upstreamRequestId ??= error.upstreamRequestId
    const end = endOfBroken(ctx, error, flight)
    return { ...end, verdict: verdictOn(job, making, end.text) }
  }
}

/** A database that was away for a moment is tried once more; what is lost then is ended by the watch over silent answers. */
async function settleForSure(...args: Parameters<typeof settle>): Promise<void> {
  try {
    await settle(...args)
  } catch (error) {
    const [ctx] = args
    ctx.log.warn('answer-not-stored', { error })
    await timers.setTimeout(STORE_AGAIN_MS)
    await settle(...args)
  }
}

async function run(ctx: Context, job: AnswerJob, flight: Flight): Promise<void> {
  const making: Making = {
    model: '',
    facts: { model: null, promptVersion: '', usage: null, upstreamRequestId: null, sentSha256: null },
    told: null,
    askedAtMs: null,
    firstWordAtMs: null,
    sentCharacters: 0,
  }
  const stopKeeping = keepRun(ctx, { answerId: job.answerId, analysisId: job.analysis.id }, flight)
  try {
    const end = await endOf(ctx, job, making, flight)
    await stopKeeping()
    await settleForSure(ctx, job, making, end)
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
