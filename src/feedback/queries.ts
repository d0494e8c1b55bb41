import { sql } from 'kysely'
import type { ClaudeAnswer, ClaudeUsage } from '../platform/claude/claude.ts'
import type { Db, Tx } from '../platform/db/database.ts'

const shownColumns = [
  'id',
  'role',
  'kind',
  'status',
  'text',
  'source',
  'error_code',
  'verdict',
  'created_at',
  'parent_id',
  'position',
  'told_text',
] as const

/**
 * Whether a run lives is judged by the clock of the database alone: those of the machines that run and that judge may
 * differ by more than a run may be silent.
 */
const databaseNow = sql<Date>`clock_timestamp()`

/** Questions of one account are begun one after the other: what is counted before one begins holds until it has. */
export async function queueQuestionsOf(tx: Tx, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`questions:${userId}`}, 0))`.execute(tx)
}

/** Taken before any row of the account, as deleting the account does: neither waits for the other in a circle. */
export async function holdAccount(tx: Tx, userId: string): Promise<void> {
  await tx.selectFrom('users').select('id').where('id', '=', userId).forKeyShare().execute()
}

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
  kind: 'question' | 'review'
  status: 'complete' | 'streaming'
  text: string
  /** Of a question: as Claude is told it. */
  toldText?: string
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
      kind: message.kind,
      status: message.status,
      text: message.text,
      told_text: message.toldText ?? null,
      source: message.source,
      error_code: null,
      model: null,
      prompt_version: null,
      usage: null,
      upstream_request_id: null,
      created_at: message.now,
      touched_at: databaseNow,
    })
    .execute()
}

/** What a run stores beside its text, however it ended. */
export interface RunFacts {
  model: string | null
  promptVersion: string
  usage: ClaudeUsage | null
  upstreamRequestId: ClaudeAnswer['upstreamRequestId']
  sentSha256: string | null
}

export interface AnswerEnd {
  status: 'complete' | 'stopped' | 'refused' | 'failed'
  /** undefined: what was stored while it ran stays. */
  text: string | undefined
  errorCode: string | null
  verdict: string | null
  facts: RunFacts | undefined
}

/** @returns the text that stays; undefined when the answer was ended already, or deleted */
export function endMessage(tx: Tx, id: string, end: AnswerEnd): Promise<{ text: string } | undefined> {
  const { facts } = end
  return tx
    .updateTable('messages')
    .set({
      status: end.status,
      ...(end.text === undefined ? {} : { text: end.text }),
      error_code: end.errorCode,
      verdict: end.verdict,
      ...(facts && {
        model: facts.model,
        prompt_version: facts.promptVersion,
        usage: facts.usage ? JSON.stringify(facts.usage) : null,
        upstream_request_id: facts.upstreamRequestId,
        sent_sha256: facts.sentSha256,
      }),
      touched_at: databaseNow,
    })
    .where('id', '=', id)
    .where('status', '=', 'streaming')
    .returning('text')
    .executeTakeFirst()
}

/**
 * What a run has written so far, and that it lives. @returns whether it is to go on: undefined when the answer is no
 * longer its own, having been deleted or ended by somebody else
 */
export async function saveRun(
  db: Db,
  id: string,
  text: string,
): Promise<{ isStopRequested: boolean } | undefined> {
  const row = await db
    .updateTable('messages')
    .set({ text, touched_at: databaseNow })
    .where('id', '=', id)
    .where('status', '=', 'streaming')
    .returning('stop_requested_at')
    .executeTakeFirst()
  return row && { isStopRequested: row.stop_requested_at !== null }
}

/** The same question without writing anything. */
export async function findRun(db: Db, id: string): Promise<{ isStopRequested: boolean } | undefined> {
  const row = await db
    .selectFrom('messages')
    .select('stop_requested_at')
    .where('id', '=', id)
    .where('status', '=', 'streaming')
    .executeTakeFirst()
  return row && { isStopRequested: row.stop_requested_at !== null }
}

export async function requestStop(db: Db, userId: string, id: string, now: Date): Promise<void> {
  await db
    .updateTable('messages')
    .set({ stop_requested_at: now })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('status', '=', 'streaming')
    .execute()
}

/** @returns the answers that are to stop */
export async function requestStopOfClaude(tx: Tx, userId: string, now: Date): Promise<string[]> {
  const rows = await tx
    .updateTable('messages')
    .set({ stop_requested_at: now })
    .where('user_id', '=', userId)
    .where('status', '=', 'streaming')
    .where('source', '=', 'claude')
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

export function listSilentAnswers(db: Db, silenceSeconds: number) {
  return db
    .selectFrom('messages')
    .select(['id', 'user_id'])
    .where('status', '=', 'streaming')
    .where(sql<boolean>`touched_at < ${databaseNow} - make_interval(secs => ${silenceSeconds})`)
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

export async function countStreaming(tx: Tx, userId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('messages')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('status', '=', 'streaming')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The messages of a conversation from a position on are gone. @returns those still being written, and whether any of it was */
export async function deleteMessagesFrom(
  tx: Tx,
  userId: string,
  analysisId: string,
  position: number,
): Promise<{ id: string; hasText: boolean }[]> {
  const rows = await tx
    .deleteFrom('messages')
    .where('user_id', '=', userId)
    .where('analysis_id', '=', analysisId)
    .where('position', '>=', position)
    .returning(['id', 'status', 'text'])
    .execute()
  return rows
    .filter((row) => row.status === 'streaming')
    .map(({ id, text }) => ({ id, hasText: text !== '' }))
}

export async function notify(db: Db | Tx, channel: string, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db)
}

/** Kept as long as its conversation: once the answer it was sent for is deleted, nothing is stored any more. */
export async function insertSentBlock(
  db: Db,
  block: { answerId: string; sha256: string; text: string; now: Date },
): Promise<void> {
  await db
    .insertInto('sent_blocks')
    .columns(['analysis_id', 'user_id', 'sha256', 'block', 'first_sent_at'])
    .expression((eb) =>
      eb
        .selectFrom('messages')
        .select([
          'analysis_id',
          'user_id',
          eb.val(block.sha256).as('sha256'),
          eb.val(block.text).as('block'),
          eb.cast<Date>(eb.val(block.now), 'timestamptz').as('first_sent_at'),
        ])
        .where('id', '=', block.answerId)
        .forKeyShare(),
    )
    .onConflict((conflict) => conflict.columns(['analysis_id', 'sha256']).doNothing())
    .execute()
}

export async function deleteSentBlocks(tx: Tx, userId: string, analysisId: string): Promise<void> {
  await tx
    .deleteFrom('sent_blocks')
    .where('user_id', '=', userId)
    .where('analysis_id', '=', analysisId)
    .execute()
}

/**
 * The distinct blocks that were sent, the one sent last first. Each answer names its block when it ends: until then a
 * block that is sent once more counts as of the last time.
 */
export function listSentBlocks(db: Db, userId: string, analysisId: string, most: number) {
  return db
    .selectFrom('sent_blocks as sent')
    .select((eb) => [
      'sent.block',
      'sent.sha256',
      'sent.first_sent_at',
      eb
        .fn<Date>('greatest', [
          'sent.first_sent_at',
          eb
            .selectFrom('messages')
            .select((of) => of.fn.max('messages.created_at').as('at'))
            .where('messages.user_id', '=', userId)
            .where('messages.analysis_id', '=', analysisId)
            .whereRef('messages.sent_sha256', '=', 'sent.sha256'),
        ])
        .as('last_sent_at'),
    ])
    .where('sent.user_id', '=', userId)
    .where('sent.analysis_id', '=', analysisId)
    .orderBy('last_sent_at', 'desc')
    .limit(most)
    .execute()
}
