import type { Analysis } from '../analyses/contract.ts'
import { getAnalysis } from '../analyses/get-analysis.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError } from '../core/errors.ts'
import type { Turn } from '../platform/claude/claude.ts'
import type { Report } from '../report/contract.ts'
import { listMessageRows } from './queries.ts'

const MAX_TURNS = 40

export type Row = Awaited<ReturnType<typeof listMessageRows>>[number]

/** A conversation about a finished analysis. */
export interface Talk {
  analysis: Analysis
  report: Report
  rows: Row[]
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

/** As Claude is told it; names that were known when it was asked may be forgotten by now. */
export const toldOf = (question: Row) => question.told_text ?? question.text

/** Questions with the newest whole answer of each; a turn that failed or was refused is not told again. */
export function historyOf(rows: readonly Row[]): Turn[] {
  const turns: Turn[] = []
  for (const question of rows.filter((row) => row.role === 'user')) {
    const answer = rows.findLast(
      (row) =>
        row.parent_id === question.id &&
        (row.status === 'complete' || row.status === 'stopped') &&
        row.text !== '',
    )
    if (answer) turns.push({ role: 'user', text: toldOf(question) }, { role: 'assistant', text: answer.text })
  }
  if (turns.length >= MAX_TURNS * 2)
    throw new AppError(
      'conflict',
      'feedback/conversation-full',
      `A conversation holds ${MAX_TURNS} questions. Delete it to begin a new one.`,
    )
  return turns
}
