import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db/database.ts'

const summaryColumns = [
  'id',
  'state',
  'stage',
  'percent',
  'audio_name',
  'set_name',
  'is_demo',
  'version_number',
  'earlier_id',
  'failure_code',
  'failure_detail',
  'created_at',
  'finished_at',
  'expires_at',
] as const

export function findSummary(db: Db, userId: string, id: string) {
  return db
    .selectFrom('analyses')
    .select(summaryColumns)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The summary with what is measured so far. */
export function findProgress(db: Db, userId: string, id: string) {
  return db
    .selectFrom('analyses')
    .select([...summaryColumns, 'partial'])
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function findAnalysis(db: Db, userId: string, id: string) {
  return db
    .selectFrom('analyses')
    .selectAll()
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function listSummaries(
  db: Db,
  userId: string,
  page: { before: { createdAt: Date; id: string } | undefined; limit: number },
) {
  const rows = db.selectFrom('analyses').select(summaryColumns).where('user_id', '=', userId)
  const { before } = page
  return (
    before
      ? rows.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('created_at', 'id'), '<', tuple(before.createdAt, before.id)),
        )
      : rows
  )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
}

/** The analysis as the worker needs it: no owner asks, the job does. */
export function findWork(db: Db, id: string) {
  return db
    .selectFrom('analyses')
    .select([
      'id',
      'user_id',
      'state',
      'is_demo',
      'intent',
      'reference_id',
      'reference_name',
      'earlier_id',
      sql<boolean>`report is not null`.as('has_report'),
    ])
    .where('id', '=', id)
    .executeTakeFirst()
}

async function isOne(update: Promise<{ numUpdatedRows: bigint }>): Promise<boolean> {
  return (await update).numUpdatedRows === 1n
}

/** Also from `running`: whoever ran it before is dead. False when there is nothing left to do. */
export function markRunning(db: Db, id: string): Promise<boolean> {
  return isOne(
    db
      .updateTable('analyses')
      .set({ state: 'running', partial: null, failure_code: null, failure_detail: null })
      .where('id', '=', id)
      .where('state', 'in', ['queued', 'running'])
      .executeTakeFirstOrThrow(),
  )
}

/** False when the analysis is no longer running: deleted, or finished by another worker. */
export function setProgress(
  db: Db,
  id: string,
  { stage, percent, partial }: { stage: string; percent: number; partial: string | undefined },
): Promise<boolean> {
  return isOne(
    db
      .updateTable('analyses')
      .set({ stage, percent, ...(partial === undefined ? {} : { partial }) })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .executeTakeFirstOrThrow(),
  )
}

/** False when there is no result of this owner that could be corrected. */
export function setCorrection(db: Db, userId: string, id: string, correction: string): Promise<boolean> {
  return isOne(
    db
      .updateTable('analyses')
      .set({ correction })
      .where('user_id', '=', userId)
      .where('id', '=', id)
      .where('state', '=', 'done')
      .executeTakeFirstOrThrow(),
  )
}

/** False when there is a result already or nobody waits for one. */
export function setReport(db: Db, id: string, report: string): Promise<boolean> {
  return isOne(
    db
      .updateTable('analyses')
      .set({ report })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .where('report', 'is', null)
      .executeTakeFirstOrThrow(),
  )
}

/** The numbers of the reference that the stored report holds. */
export async function findReferenceProfile(tx: Tx, id: string): Promise<unknown> {
  const row = await tx
    .selectFrom('analyses')
    .select(sql<unknown>`report #> '{comparison,reference}'`.as('profile'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.profile
}

/** From now on the kept reference says its name. */
export async function setKeptReference(tx: Tx, id: string, referenceId: string): Promise<void> {
  await tx
    .updateTable('analyses')
    .set({ reference_id: referenceId, reference_name: null })
    .where('id', '=', id)
    .execute()
}

export function findToldIntentRow(db: Db, userId: string, id: string) {
  return db
    .selectFrom('analyses')
    .select('told_intent')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function markDone(tx: Tx, id: string, toldIntent: string | null, now: Date): Promise<boolean> {
  return isOne(
    tx
      .updateTable('analyses')
      .set({
        state: 'done',
        stage: 'done',
        percent: 100,
        partial: null,
        told_intent: toldIntent,
        finished_at: now,
      })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .executeTakeFirstOrThrow(),
  )
}

export function markFailed(
  tx: Tx,
  id: string,
  failure: { code: string; detail: string },
  now: Date,
): Promise<boolean> {
  return isOne(
    tx
      .updateTable('analyses')
      .set({
        state: 'failed',
        stage: 'failed',
        partial: null,
        failure_code: failure.code,
        failure_detail: failure.detail,
        finished_at: now,
      })
      .where('id', '=', id)
      .where('state', 'in', ['queued', 'running'])
      .executeTakeFirstOrThrow(),
  )
}

/** The report, until the transaction ends nobody else's to change. */
export function lockReport(tx: Tx, userId: string, id: string) {
  return tx
    .selectFrom('analyses')
    .select(['state', 'report'])
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function replaceComparison(
  tx: Tx,
  userId: string,
  id: string,
  compared: { referenceId: string | null; report: string },
): Promise<void> {
  await tx
    .updateTable('analyses')
    .set({ reference_id: compared.referenceId, reference_name: null, report: compared.report })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .execute()
}

export async function forgetReference(tx: Tx, userId: string, id: string): Promise<void> {
  await tx
    .updateTable('analyses')
    .set({ reference_id: null, reference_name: null })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .execute()
}

export function markQueuedAgain(tx: Tx, userId: string, id: string): Promise<boolean> {
  return isOne(
    tx
      .updateTable('analyses')
      .set({
        state: 'queued',
        stage: 'waiting',
        percent: 0,
        failure_code: null,
        failure_detail: null,
        finished_at: null,
      })
      .where('user_id', '=', userId)
      .where('id', '=', id)
      .where('state', '=', 'failed')
      .executeTakeFirstOrThrow(),
  )
}

export async function deleteAnalysisRow(tx: Tx, userId: string, id: string): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('analyses')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return deleted.numDeletedRows === 1n
}

export function listExpired(db: Db, now: Date) {
  return db
    .selectFrom('analyses')
    .select(['id', 'user_id'])
    .where('expires_at', '<=', now)
    .where('state', 'in', ['done', 'failed'])
    .limit(200)
    .execute()
}

export async function notifyChanged(db: Db, channel: string, id: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${id})`.execute(db)
}

export function listIdsOf(tx: Tx, userId: string) {
  return tx.selectFrom('analyses').select('id').where('user_id', '=', userId).execute()
}

/** Those of these analyses that wait or are being worked on. */
export async function listUnfinished(db: Db, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('analyses')
    .select('id')
    .where('id', 'in', ids)
    .where('state', 'in', ['queued', 'running'])
    .execute()
  return new Set(rows.map(({ id }) => id))
}
