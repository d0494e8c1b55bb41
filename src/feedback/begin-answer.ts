import { createHash, randomUUID } from 'node:crypto'
import { mayUseLanguageModel } from '../accounts/consents.ts'
import { namesOfAnalysis } from '../analyses/names-of-analysis.ts'
import { claimRequestKey } from '../billing/request-key.ts'
import { reserveUnit } from '../billing/reserve-unit.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError, absent } from '../core/errors.ts'
import { hideNames } from '../grounding/hide-names.ts'
import type { Tx } from '../platform/db/database.ts'
import { isUniqueViolation } from '../platform/db/unique-violation.ts'
import type { Message } from './contract.ts'
import { describeMessage } from './describe-message.ts'
import {
  countStreaming,
  deleteMessagesFrom,
  findMessage,
  holdAccount,
  insertMessage,
  queueQuestionsOf,
} from './queries.ts'
import type { AnswerJob } from './run-answer.ts'
import { requireWithinSpend } from './spend.ts'
import { historyOf, type Row, type Talk, toldOf } from './talk.ts'

/** Of one account at the same time, over all its conversations. */
const MAX_RUNNING = 3

export interface Begun {
  question: Message
  job: AnswerJob
}

const answerRunning = () =>
  new AppError(
    'conflict',
    'feedback/answer-running',
    'The coach is still answering. Wait for it, or stop it first.',
  )

async function requireFewRunning(tx: Tx, userId: string): Promise<void> {
  if ((await countStreaming(tx, userId)) < MAX_RUNNING) return
  throw new AppError(
    'exhausted',
    'feedback/too-many-answers',
    `The coach already writes ${MAX_RUNNING} answers for you. Wait for one of them, or stop it.`,
    { retryAfterSeconds: 10 },
  )
}

/** A new question, perhaps in place of an earlier one, or one that is asked again. */
export type Wanted =
  | { kind: Row['kind']; text: string; replaced: Row | undefined; requestKey?: string | undefined }
  | { again: Row }

/** @throws AppError conflict when this very question came before: it is answered, or being answered, already */
async function requireFirst(
  ctx: Context,
  tx: Tx,
  talk: Talk,
  userId: string,
  wanted: Wanted,
  answerId: string,
) {
  if ('again' in wanted || wanted.requestKey === undefined) return
  const { requestKey: key, text } = wanted
  const fingerprint = createHash('sha256').update(`${talk.analysis.id} ${text}`).digest('hex')
  if ((await claimRequestKey(ctx, tx, { userId, key, fingerprint, resultId: answerId })) === undefined) return
  throw new AppError(
    'conflict',
    'feedback/asked-already',
    'This question arrived the first time. Its answer stands in the conversation; it was counted once.',
  )
}

async function storeQuestion(
  tx: Tx,
  {
    talk,
    userId,
    wanted,
    toldText,
    now,
  }: { talk: Talk; userId: string; wanted: Wanted; toldText: string; now: Date },
): Promise<string> {
  if ('again' in wanted) return wanted.again.id
  const analysisId = talk.analysis.id
  if (wanted.replaced) {
    const running = await deleteMessagesFrom(tx, userId, analysisId, wanted.replaced.position)
    if (running.length > 0) throw answerRunning()
  }
  const id = randomUUID()
  await insertMessage(tx, {
    id,
    analysisId,
    userId,
    now,
    parentId: null,
    role: 'user',
    kind: wanted.kind,
    status: 'complete',
    text: wanted.text,
    toldText,
    source: 'user',
  })
  return id
}

/**
 * The question is stored, one message of the quota is held and an answer is awaited: all of it or nothing.
 * @throws AppError spent, exhausted, unavailable, or conflict while an answer is being written
 */
export async function beginAnswer(ctx: Context, actor: Actor, talk: Talk, wanted: Wanted): Promise<Begun> {
  const { userId } = actor
  const { analysis, report } = talk
  const end = 'again' in wanted ? wanted.again.position : wanted.replaced?.position
  const history = historyOf(talk.rows.filter((row) => end === undefined || row.position < end))
  const { kind, text } = 'again' in wanted ? wanted.again : wanted
  const toldText =
    'again' in wanted
      ? toldOf(wanted.again)
      : hideNames(text, await namesOfAnalysis(ctx, userId, analysis, report))
  const answerId = randomUUID()
  const now = ctx.clock.now()
  let begun: { questionId: string; source: AnswerJob['source'] }
  try {
    begun = await ctx.db.transaction().execute(async (tx) => {
      await holdAccount(tx, userId)
      await queueQuestionsOf(tx, userId)
      const source = ctx.claude && (await mayUseLanguageModel(ctx, userId, tx)) ? 'claude' : 'offline-coach'
      if (source === 'claude') await requireWithinSpend(ctx, tx, userId)
      await requireFirst(ctx, tx, talk, userId, wanted, answerId)
      const parentId = await storeQuestion(tx, { talk, userId, wanted, toldText, now })
      await requireFewRunning(tx, userId)
      await insertMessage(tx, {
        id: answerId,
        analysisId: analysis.id,
        userId,
        now,
        parentId,
        kind,
        role: 'assistant',
        status: 'streaming',
        text: '',
        source,
      })
      await reserveUnit(ctx, tx, userId, 'message', answerId)
      return { questionId: parentId, source }
    })
  } catch (error) {
    throw isUniqueViolation(error) ? answerRunning() : error
  }
  const question = await findMessage(ctx.db, userId, analysis.id, begun.questionId)
  if (!question) throw absent('analysis')
  return {
    question: describeMessage(question),
    job: {
      answerId,
      userId,
      source: begun.source,
      kind,
      analysis,
      report,
      history,
      question: text,
      toldText,
    },
  }
}
