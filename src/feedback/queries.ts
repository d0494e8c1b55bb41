import type { ClaudeAnswer } from '../platform/claude/claude.ts'
import type { Db, Tx } from '../platform/db/database.ts'

const shownColumns = [
  'id',
  'role',
  'status',
  'text',
  'source',
  'error_code',
  'created_at',
  'parent_id',
] as const

export function listMessageRows(db: Db | Tx, userId: string, analysisId: string) {
  return db
    .selectFrom('messages')
    .select(shownColumns)
    .where('user_id', '=', userId)
    .where('analysis_id', '=', analysisId)
    .orderBy('position')
    .execute()
}

export function findMessage(db: Db, userId: string, analysisId: string, id: string) {
  return db
    .selectFrom('messages')
    .select(shownColumns)
    .where('user_id', '=', userId)
    .where('analysis_id', '=', analysisId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export interface NewMessage {
  id: string
  analysisId: string
  userId: string
  parentId: string | null
  role: 'user' | 'assistant'
  status: 'complete' | 'streaming'
  text: string
  source: 'user' | 'claude' | 'offline-coach'
  now: Date
}

export async function insertMessage(tx: Tx, message: NewMessage): Promise<void> {
  await tx
    .insertInto('messages')
    .values({
      id: message.id,
      analysis_id: message.analysisId,
      user_id: message.userId,
      parent_id: message.parentId,
      role: message.role,
      status: message.status,
      text: message.text,
      source: message.source,
      error_code: null,
      model: null,
      prompt_version: null,
      usage: null,
      upstream_request_id: null,
      created_at: message.now,
      touched_at: message.now,
    })
    .execute()
}

/** False when the answer was settled already, or deleted. */
export async function completeMessage(
  tx: Tx,
  id: string,
  answer: Pick<ClaudeAnswer, 'text'> & Partial<ClaudeAnswer> & { promptVersion: string },
  now: Date,
): Promise<boolean> {
  const updated = await tx
    .updateTable('messages')
    .set({
      status: 'complete',
      text: answer.text,
      model: answer.model ?? null,
      prompt_version: answer.promptVersion,
      usage: answer.usage ? JSON.stringify(answer.usage) : null,
      upstream_request_id: answer.upstreamRequestId ?? null,
      touched_at: now,
    })
    .where('id', '=', id)
    .where('status', '=', 'streaming')
    .executeTakeFirstOrThrow()
  return updated.numUpdatedRows === 1n
}

/** False when the answer was settled already, or deleted. */
export async function endMessage(
  tx: Tx,
  id: string,
  end: { status: 'stopped' | 'refused' | 'failed'; text: string; errorCode: string | null },
  now: Date,
): Promise<boolean> {
  const updated = await tx
    .updateTable('messages')
    .set({ status: end.status, text: end.text, error_code: end.errorCode, touched_at: now })
    .where('id', '=', id)
    .where('status', '=', 'streaming')
    .executeTakeFirstOrThrow()
  return updated.numUpdatedRows === 1n
}

export async function touchMessage(db: Db, id: string, now: Date): Promise<boolean> {
  const updated = await db
    .updateTable('messages')
    .set({ touched_at: now })
    .where('id', '=', id)
    .where('status', '=', 'streaming')
    .executeTakeFirstOrThrow()
  return updated.numUpdatedRows === 1n
}

export function listSilentAnswers(db: Db, before: Date) {
  return db
    .selectFrom('messages')
    .select('id')
    .where('status', '=', 'streaming')
    .where('touched_at', '<', before)
    .execute()
}

/** Which of these answers are still being written. */
export async function listStreaming(db: Db, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('messages')
    .select('id')
    .where('id', 'in', ids)
    .where('status', '=', 'streaming')
    .execute()
  return new Set(rows.map((row) => row.id))
}
