import { randomUUID } from 'node:crypto'
import { mayUseLanguageModel } from '../accounts/consents.ts'
import { getAnalysis } from '../analyses/get-analysis.ts'
import { reserveUnit } from '../billing/reserve-unit.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError } from '../core/errors.ts'
import type { Turn } from '../platform/claude/claude.ts'
import { isUniqueViolation } from '../platform/db/unique-violation.ts'
import type { Message } from './contract.ts'
import { describeMessage } from './describe-message.ts'
import { findMessage, insertMessage, listMessageRows } from './queries.ts'
import type { AnswerJob } from './run-answer.ts'

const MAX_TURNS = 40

/** Questions with their complete answers; a turn that failed or was refused is not told again. */
function historyOf(rows: Awaited<ReturnType<typeof listMessageRows>>): Turn[] {
  const turns: Turn[] = []
  for (const question of rows) {
    const answer = rows.find((row) => row.parent_id === question.id)
    const isAnswered = answer?.status === 'complete' || answer?.status === 'stopped'
    if (isAnswered && answer.text !== '')
      turns.push({ role: 'user', text: question.text }, { role: 'assistant', text: answer.text })
  }
  if (turns.length >= MAX_TURNS * 2)
    throw new AppError(
      'conflict',
      'feedback/conversation-full',
      `A conversation holds ${MAX_TURNS} questions. Analyse the track again to begin a new one.`,
    )
  return turns
}

/**
 * The question is stored, one message of the quota is held and an answer is awaited: all of it or nothing.
 * @throws AppError absent, spent, or conflict when the analysis is not done or an answer is still being written
 */
export async function ask(
  ctx: Context,
  actor: Actor,
  analysisId: string,
  text: string,
): Promise<{ question: Message; job: AnswerJob }> {
  const analysis = await getAnalysis(ctx, actor, analysisId)
  if (!analysis.report)
    throw new AppError(
      'conflict',
      'feedback/not-analysed',
      'There is nothing to talk about before the analysis is done.',
    )
  const history = historyOf(await listMessageRows(ctx.db, actor.userId, analysisId))
  const [questionId, answerId] = [randomUUID(), randomUUID()]
  const now = ctx.clock.now()
  const source = ctx.claude && (await mayUseLanguageModel(ctx, actor.userId)) ? 'claude' : 'offline-coach'
  const common = { analysisId, userId: actor.userId, now }
  try {
    await ctx.db.transaction().execute(async (tx) => {
      await insertMessage(tx, {
        ...common,
        id: questionId,
        parentId: null,
        role: 'user',
        status: 'complete',
        text,
        source: 'user',
      })
      await insertMessage(tx, {
        ...common,
        id: answerId,
        parentId: questionId,
        role: 'assistant',
        status: 'streaming',
        text: '',
        source,
      })
      await reserveUnit(ctx, tx, actor.userId, 'message', answerId)
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new AppError(
      'conflict',
      'feedback/answer-running',
      'The coach is still answering. Wait for it, or stop it first.',
    )
  }
  const question = await findMessage(ctx.db, actor.userId, analysisId, questionId)
  if (!question) throw new AppError('absent', 'absent', 'The analysis has been deleted.')
  const job: AnswerJob = {
    answerId,
    userId: actor.userId,
    source,
    analysis,
    report: analysis.report,
    history,
    question: text,
  }
  return { question: describeMessage(question), job }
}
