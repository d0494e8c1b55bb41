import { sql } from 'kysely'
import type { TableFacts } from '../core/personal-data.ts'
import type { Db, Tx } from '../platform/db/database.ts'

/** Every row of a table that belongs to one person, with the columns that are exported. */
export async function listRowsOf(
  db: Db,
  table: string,
  facts: TableFacts,
  userId: string,
): Promise<Record<string, unknown>[]> {
  if (facts.owner === null) return []
  const columns = Object.entries(facts.columns).filter(([, column]) => typeof column === 'string')
  const names = sql.join(columns.map(([name]) => sql.ref(name)))
  const { rows } = await sql<Record<string, unknown>>`
    select ${names} from ${sql.table(table)} where ${sql.ref(facts.owner)} = ${userId} order by 1`.execute(db)
  return rows
}

export async function insertExport(
  tx: Tx,
  wanted: { userId: string; now: Date; expiresAt: Date },
): Promise<string> {
  const row = await tx
    .insertInto('exports')
    .values({ user_id: wanted.userId, archive: null, created_at: wanted.now, expires_at: wanted.expiresAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export function findRecentExport(tx: Tx, userId: string, now: Date) {
  return tx
    .selectFrom('exports')
    .select('expires_at')
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

export function findExport(db: Db, id: string) {
  return db.selectFrom('exports').select(['id', 'user_id']).where('id', '=', id).executeTakeFirst()
}

/** False when the account, or the wish, is gone. */
export async function setArchive(tx: Tx, id: string, archive: Uint8Array): Promise<boolean> {
  const updated = await tx
    .updateTable('exports')
    .set({ archive: Buffer.from(archive) })
    .where('id', '=', id)
    .where('archive', 'is', null)
    .executeTakeFirstOrThrow()
  return updated.numUpdatedRows === 1n
}

/** The archive, which is here no longer afterwards: of many callers one gets it. */
export async function takeArchive(tx: Tx, userId: string, now: Date): Promise<Uint8Array | undefined> {
  const row = await tx
    .selectFrom('exports')
    .select(['id', 'archive'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .where('archive', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row?.archive) return undefined
  await tx.updateTable('exports').set({ archive: null }).where('id', '=', row.id).execute()
  return row.archive
}

export async function deleteOldExports(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('exports').where('expires_at', '<=', now).execute()
}

export type RequestKind = 'export' | 'erase' | 'correct' | 'object'

export async function insertRequest(
  db: Db,
  request: {
    kind: RequestKind
    subjectHmac: string
    note: string
    now: Date
    dueAt: Date
    doneAt: Date | null
  },
): Promise<void> {
  await db
    .insertInto('rights_requests')
    .values({
      kind: request.kind,
      subject_hmac: request.subjectHmac,
      note: request.note,
      received_at: request.now,
      due_at: request.dueAt,
      done_at: request.doneAt,
    })
    .execute()
}

/** How many open requests of this kind and person are answered by it. */
export async function markRequestsDone(
  db: Db,
  kind: RequestKind,
  subjectHmac: string,
  now: Date,
): Promise<number> {
  const done = await db
    .updateTable('rights_requests')
    .set({ done_at: now })
    .where('kind', '=', kind)
    .where('subject_hmac', '=', subjectHmac)
    .where('done_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(done.numUpdatedRows)
}

export function listOpenRequests(db: Db) {
  return db.selectFrom('rights_requests').selectAll().where('done_at', 'is', null).orderBy('due_at').execute()
}

export async function isPublished(db: Db, version: string): Promise<boolean> {
  const row = await db
    .selectFrom('policy_publications')
    .select('version')
    .where('version', '=', version)
    .executeTakeFirst()
  return row !== undefined
}

export async function markPublished(db: Db, version: string, now: Date): Promise<void> {
  await db
    .insertInto('policy_publications')
    .values({ version, published_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
