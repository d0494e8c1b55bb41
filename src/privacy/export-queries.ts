import { sql } from 'kysely'
import type { TableFacts } from '../core/personal-data.ts'
import type { Db, Tx } from '../platform/db/database.ts'

/** Some rows of a table that belong to one person, with the columns that are exported; the order holds in a snapshot. */
export async function listRowsOf(
  db: Db,
  table: string,
  facts: TableFacts,
  userId: string,
  page: { limit: number; offset: number },
): Promise<Record<string, unknown>[]> {
  if (facts.owner === null) return []
  const columns = Object.entries(facts.columns).filter(([, column]) => typeof column === 'string')
  const names = sql.join(columns.map(([name]) => sql.ref(name)))
  const { rows } = await sql<Record<string, unknown>>`
    select ${names} from ${sql.table(table)} where ${sql.ref(facts.owner)} = ${userId}
    order by 1, ctid limit ${page.limit} offset ${page.offset}`.execute(db)
  return rows
}

export async function insertExport(
  tx: Tx,
  wanted: { userId: string; now: Date; expiresAt: Date },
): Promise<string> {
  const row = await tx
    .insertInto('exports')
    .values({ user_id: wanted.userId, created_at: wanted.now, expires_at: wanted.expiresAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** The latest copy of these last 24 hours. */
export function findLatestExport(db: Db | Tx, userId: string, now: Date) {
  return db
    .selectFrom('exports')
    .select(['id', 'state', 'expires_at'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** A copy that is still to be made. */
export function findUnmadeExport(db: Db, id: string) {
  return db
    .selectFrom('exports')
    .select(['id', 'user_id'])
    .where('id', '=', id)
    .where('state', 'in', ['making', 'stale'])
    .executeTakeFirst()
}

export async function insertPart(tx: Tx, exportId: string, number: number, bytes: Uint8Array): Promise<void> {
  await tx
    .insertInto('export_parts')
    .values({ export_id: exportId, number, bytes: Buffer.from(bytes) })
    .execute()
}

export async function markReady(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('exports').set({ state: 'ready' }).where('id', '=', id).execute()
}

/** The copy will not come: its parts are gone, and its owner may ask again. */
export async function markFailed(db: Db, id: string): Promise<void> {
  await db.updateTable('exports').set({ state: 'failed' }).where('id', '=', id).execute()
  await deleteParts(db, id)
}

/** Of many callers one gets it. */
export function takeReadyExport(tx: Tx, userId: string, now: Date) {
  return tx
    .updateTable('exports')
    .set({ state: 'fetched', fetched_at: now })
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .where('state', '=', 'ready')
    .returning('id')
    .executeTakeFirst()
}

export async function findPart(db: Db, exportId: string, number: number): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('export_parts')
    .select('bytes')
    .where('export_id', '=', exportId)
    .where('number', '=', number)
    .executeTakeFirst()
  return row?.bytes
}

export async function countParts(tx: Tx, exportId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('export_parts')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('export_id', '=', exportId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function deleteParts(db: Db, exportId: string): Promise<void> {
  await db.deleteFrom('export_parts').where('export_id', '=', exportId).execute()
}

export function listStaleExports(db: Db) {
  return db.selectFrom('exports').select('id').where('state', '=', 'stale').execute()
}

export async function deleteOldExports(db: Db, now: Date, fetchedBefore: Date): Promise<void> {
  await db.deleteFrom('exports').where('expires_at', '<=', now).execute()
  await db
    .deleteFrom('export_parts')
    .where('export_id', 'in', (query) =>
      query.selectFrom('exports').select('id').where('fetched_at', '<=', fetchedBefore),
    )
    .execute()
}
