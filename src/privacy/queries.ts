import type { Db } from '../platform/db/database.ts'

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

/** Notes of requests that nobody needs as proof any more are gone. */
export async function deleteOldRequests(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('rights_requests').where('received_at', '<=', before).execute()
}
