import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError } from '../core/errors.ts'
import type { AnalysisSummary } from './contract.ts'
import { describeSummary } from './describe-analysis.ts'
import { listSummaries } from './queries.ts'

const PAGE = 30
const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()])

function readCursor(cursor: string | undefined): { createdAt: Date; id: string } | undefined {
  if (cursor === undefined) return undefined
  try {
    const [createdAt, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return { createdAt: new Date(createdAt), id }
  } catch (cause) {
    throw new AppError('invalid', 'invalid-request', 'This page of the list does not exist.', { cause })
  }
}

/** The account's analyses, newest first, a page at a time. */
export async function listAnalyses(
  ctx: Context,
  actor: Actor,
  cursor: string | undefined,
): Promise<{ analyses: AnalysisSummary[]; nextCursor: string | null }> {
  const rows = await listSummaries(ctx.db, actor.userId, { before: readCursor(cursor), limit: PAGE + 1 })
  const shown = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return {
    analyses: await Promise.all(shown.map((row) => describeSummary(ctx, row))),
    nextCursor: last
      ? Buffer.from(JSON.stringify([last.created_at.toISOString(), last.id])).toString('base64url')
      : null,
  }
}
