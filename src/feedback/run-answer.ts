import type { Analysis } from '../analyses/contract.ts'
import { listFileNames } from '../analyses/list-file-names.ts'
import { getUsage } from '../billing/get-usage.ts'
import { commitUnit, refundUnit } from '../billing/settle-unit.ts'
import type { Context } from '../context.ts'
import { absent } from '../core/errors.ts'
import { ClaudeError, type Turn } from '../platform/claude/claude.ts'
import { listReferenceNames } from '../references/list-reference-names.ts'
import type { Report } from '../report/contract.ts'
import { buildAnalysisBlock } from './analysis-block.ts'
import { beginAnswer, endAnswer } from './answers-in-flight.ts'
import type { AnswerDone, AnswerFailed } from './contract.ts'
import { describeMessage } from './describe-message.ts'
import { type FailureWords, failureWords } from './failure-words.ts'
import { hideNames, namesOf } from './hide-names.ts'
import { answerOffline, OFFLINE_COACH_VERSION } from './offline-coach.ts'
import { PROMPT_RULES, PROMPT_VERSION } from './prompt-rules.ts'
import { completeMessage, endMessage, findMessage, touchMessage } from './queries.ts'
import { userTag } from './user-tag.ts'

const SIGN_OF_LIFE_MS = 10_000

export interface AnswerJob {
  answerId: string
  userId: string
  /** Who answers; never Claude once the person has objected. */
  source: 'claude' | 'offline-coach'
  analysis: Analysis
  report: Report
  history: Turn[]
  question: string
}

export type AnswerEnd = { event: 'done'; data: AnswerDone } | { event: 'failed'; data: AnswerFailed }

interface Made {
  text: string
  promptVersion: string
}

async function makeAnswer(
  ctx: Context,
  job: AnswerJob,
  signal: AbortSignal,
  onText: (delta: string) => void,
): Promise<Made> {
  const { report, analysis } = job
  if (!ctx.claude || job.source === 'offline-coach') {
    const text = answerOffline(report, analysis.intent, job.question)
    onText(text)
    return { text, promptVersion: OFFLINE_COACH_VERSION }
  }
  const { earlierId } = analysis
  const names = namesOf(report, {
    ...analysis,
    earlierNames: earlierId === null ? [] : await listFileNames(ctx, job.userId, earlierId),
    referenceNames: await listReferenceNames(ctx, job.userId),
  })
  const { tier } = await getUsage(ctx, job.userId)
  const { modelFree, modelPaid } = ctx.config.claude
  const answer = await ctx.claude.answer(
    {
      model: tier === 'free' ? modelFree : modelPaid,
      rules: PROMPT_RULES,
      analysis: buildAnalysisBlock(report, analysis.intent, names),
      // Answers hold ids already: only what the person wrote can name something.
      turns: [...job.history, { role: 'user' as const, text: job.question }].map(({ role, text }) => ({
        role,
        text: role === 'user' ? hideNames(text, names) : text,
      })),
      userTag: userTag(ctx.secrets, job.userId),
    },
    { signal, onText },
  )
  return { ...answer, promptVersion: PROMPT_VERSION }
}

async function describeEnd(ctx: Context, job: AnswerJob) {
  const row = await findMessage(ctx.db, job.userId, job.analysis.id, job.answerId)
  if (!row) throw absent('message')
  return describeMessage(row)
}

async function storeDone(
  ctx: Context,
  job: AnswerJob,
  store: (tx: Parameters<typeof completeMessage>[0]) => Promise<boolean>,
) {
  await ctx.db.transaction().execute(async (tx) => {
    // Not ours any more: deleted meanwhile, or ended by the sweeper. Then the unit goes back.
    if (await store(tx)) await commitUnit(ctx, tx, job.answerId)
    else await refundUnit(ctx, tx, job.answerId)
  })
  const usage = await getUsage(ctx, job.userId)
  return {
    event: 'done' as const,
    data: { message: await describeEnd(ctx, job), quota: usage.messages, resetsAt: usage.resetsAt },
  }
}

async function storeFailure(
  ctx: Context,
  job: AnswerJob,
  words: FailureWords,
  partial: string,
): Promise<AnswerEnd> {
  await ctx.db.transaction().execute(async (tx) => {
    const end = {
      status: words.status,
      text: words.status === 'refused' ? '' : partial,
      errorCode: words.code,
    }
    await endMessage(tx, job.answerId, end, ctx.clock.now())
    await refundUnit(ctx, tx, job.answerId)
  })
  const { code, detail, canRetry } = words
  return { event: 'failed', data: { message: await describeEnd(ctx, job), code, detail, canRetry } }
}

/** A stop keeps what was written and counts it; a stop before the first word costs nothing. */
async function storeStop(ctx: Context, job: AnswerJob, partial: string): Promise<AnswerEnd> {
  const now = ctx.clock.now()
  const end = { status: 'stopped' as const, text: partial, errorCode: null }
  return storeDone(ctx, job, async (tx) => {
    const isMine = await endMessage(tx, job.answerId, end, now)
    if (isMine && partial === '') await refundUnit(ctx, tx, job.answerId)
    return isMine
  })
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

/**
 * Makes the answer and stores how it ended: complete, stopped, refused or failed, with its unit settled to match. Goes
 * on when the reader leaves; ends when the message is stopped or deleted.
 */
export async function runAnswer(
  ctx: Context,
  job: AnswerJob,
  onText: (delta: string) => void,
): Promise<AnswerEnd> {
  const controller = beginAnswer(job.answerId)
  const signOfLife = setInterval(() => {
    touchMessage(ctx.db, job.answerId, ctx.clock.now()).then(
      (isWanted) => isWanted || controller.abort('deleted'),
      (error: unknown) => ctx.log.warn('answer-heartbeat-failed', { error }),
    )
  }, SIGN_OF_LIFE_MS)
  let partial = ''
  try {
    const answer = await makeAnswer(ctx, job, controller.signal, (delta) => {
      partial += delta
      onText(delta)
    })
    return await storeDone(ctx, job, (tx) => completeMessage(tx, job.answerId, answer, ctx.clock.now()))
  } catch (error) {
    if (controller.signal.reason === 'stopped by the user') return await storeStop(ctx, job, partial)
    const words = controller.signal.aborted ? failureWords.interrupted : logFailure(ctx, error)
    return await storeFailure(ctx, job, words, partial)
  } finally {
    clearInterval(signOfLife)
    endAnswer(job.answerId)
  }
}
