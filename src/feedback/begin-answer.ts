import { createHash, randomUUID } from 'node:crypto'
import { mayUseLanguageModel } from '../accounts/consents.ts'
import type { Analysis } from '../analyses/contract.ts'
import { getAnalysis } from '../analyses/get-analysis.ts'
import { claimRequestKey } from '../billing/request-key.ts'
import { reserveUnit } from '../billing/reserve-unit.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError, absent } from '../core/errors.ts'
import type { Turn } from '../platform/claude/claude.ts'
import type { Tx } from '../platform/db/database.ts'
import { isUniqueViolation } from '../platform/db/unique-violation.ts'
import type { Report } from '../report/contract.ts'
import type { Message } from './contract.ts'
import { describeMessage } from './describe-message.ts'
import {
  countStreaming,
  deleteMessagesFrom,
  findMessage,
  holdAccount,
  insertMessage,
  listMessageRows,
  queueQuestionsOf,
} from './queries.ts'
import type { AnswerJob } from './run-answer.ts'
import { requireWithinSpend } from './spend.ts'

const MAX_TURNS = 40
/** Of one account at the same time, over all its conversations. */
const MAX_RUNNING = 3

type Row = Awaited<ReturnType<typeof listMessageRows>>[number]

/** A conversation about a finished analysis. */
export interface Talk {
  analysis: Analysis
  report: Report
  rows: Row[]
}

export interface Begun {
  question: Message
  job: AnswerJob
}

/** @throws AppError absent, or conflict when the analysis is not done */
export async function openTalk(ctx: Context, actor: Actor, analysisId: string): Promise<Talk> {
  const analysis = await getAnalysis(ctx, actor, analysisId)
  if (!analysis.report)
    throw new AppError(
      'conflict',
      'feedback/not-analysed',
      'There is nothing to talk about before the analysis is done.',
    )
  return { analysis, report: analysis.report, rows: await listMessageRows(ctx.db, actor.userId, analysisId) }
}

/** Questions with the newest whole answer of each; a turn that failed or was refused is not told again. */
function historyOf(rows: readonly Row[]): Turn[] {
  const turns: Turn[] = []
  for (const question of rows.filter((row) => row.role === 'user')) {
    const answer = rows.findLast(
      (row) =>
        row.parent_id === question.id &&
        (row.status === 'complete' || row.status === 'stopped') &&
        row.text !== '',
    )
    if (answer) turns.push({ role: 'user', text: question.text }, { role: 'assistant', text: answer.text })
  }
  if (turns.length >= MAX_TURNS * 2)
    throw new AppError(
      'conflict',
      'feedback/conversation-full',
      `A conversation holds ${MAX_TURNS} questions. Delete it to begin a new one.`,
    )
  return turns
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

async function storeQuestion(tx: Tx, talk: Talk, userId: string, wanted: Wanted, now: Date): Promise<string> {
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
  const source = ctx.claude && (await mayUseLanguageModel(ctx, userId)) ? 'claude' : 'offline-coach'
  const { kind, text } = 'again' in wanted ? wanted.again : wanted
  const answerId = randomUUID()
  const now = ctx.clock.now()
  let questionId: string
  try {
    questionId = await ctx.db.transaction().execute(async (tx) => {
      await holdAccount(tx, userId)
      await queueQuestionsOf(tx, userId)
      if (source === 'claude') await requireWithinSpend(ctx, tx, userId)
      await requireFirst(ctx, tx, talk, userId, wanted, answerId)
      const parentId = await storeQuestion(tx, talk, userId, wanted, now)
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
      return parentId
    })
  } catch (error) {
    throw isUniqueViolation(error) ? answerRunning() : error
  }
  const question = await findMessage(ctx.db, userId, analysis.id, questionId)
  if (!question) throw absent('analysis')
  return {
    question: describeMessage(question),
    job: { answerId, userId, source, kind, analysis, report, history, question: text },
  }
}
