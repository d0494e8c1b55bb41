import type { Db, Tx } from '../platform/db/database.ts'

/** The newest used first. */
export function listReferenceRows(db: Db | Tx, userId: string) {
  return db
    .selectFrom('reference_tracks')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('last_used_at', 'desc')
    .orderBy('id')
    .execute()
}

export function findReferenceRow(db: Db | Tx, userId: string, id: string) {
  return db
    .selectFrom('reference_tracks')
    .selectAll()
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function findReferenceBySha(tx: Tx, userId: string, sha256: string) {
  return tx
    .selectFrom('reference_tracks')
    .select('id')
    .where('user_id', '=', userId)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
}

/** Nobody else keeps a reference for this account until the transaction ends: the count below stays true. */
export async function lockReferencesOf(tx: Tx, userId: string): Promise<void> {
  await tx.selectFrom('users').select('id').where('id', '=', userId).forNoKeyUpdate().execute()
}

export async function countReferences(tx: Tx, userId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('reference_tracks')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export interface NewReference {
  userId: string
  name: string
  sha256: string
  profile: string
  now: Date
  expiresAt: Date
}

export async function insertReference(tx: Tx, reference: NewReference): Promise<string> {
  const row = await tx
    .insertInto('reference_tracks')
    .values({
      user_id: reference.userId,
      name: reference.name,
      sha256: reference.sha256,
      profile: reference.profile,
      created_at: reference.now,
      last_used_at: reference.now,
      expires_at: reference.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function updateProfile(tx: Tx, userId: string, id: string, profile: string): Promise<void> {
  await tx
    .updateTable('reference_tracks')
    .set({ profile })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .execute()
}

/** @returns its name, or undefined when there is no such reference */
export async function touchReference(
  tx: Tx,
  userId: string,
  id: string,
  used: { now: Date; expiresAt: Date },
): Promise<string | undefined> {
  const row = await tx
    .updateTable('reference_tracks')
    .set({ last_used_at: used.now, expires_at: used.expiresAt })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst()
  return row?.name
}

export async function setReferenceName(db: Db, userId: string, id: string, name: string): Promise<boolean> {
  const updated = await db
    .updateTable('reference_tracks')
    .set({ name })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return updated.numUpdatedRows === 1n
}

export async function deleteReferenceRow(db: Db, userId: string, id: string): Promise<boolean> {
  const deleted = await db
    .deleteFrom('reference_tracks')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return deleted.numDeletedRows === 1n
}

export async function deleteExpiredRows(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('reference_tracks').where('expires_at', '<=', now).execute()
}
