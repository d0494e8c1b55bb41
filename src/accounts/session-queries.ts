import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db/database.ts'

export async function insertSession(
  tx: Tx,
  session: { userId: string; device: string; now: Date; expiresAt: Date },
): Promise<string> {
  const { userId, device, now, expiresAt } = session
  const row = await tx
    .insertInto('login_sessions')
    .values({
      user_id: userId,
      device,
      created_at: now,
      last_seen_at: now,
      expires_at: expiresAt,
      generation_seen_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export function findSession(db: Db, userId: string, sessionId: string) {
  return db
    .selectFrom('login_sessions')
    .innerJoin('users', 'users.id', 'login_sessions.user_id')
    .select([
      'login_sessions.expires_at',
      'login_sessions.last_seen_at',
      'login_sessions.generation',
      'login_sessions.generation_seen_at',
      'login_sessions.device',
      'users.verified_at',
    ])
    .where('login_sessions.id', '=', sessionId)
    .where('login_sessions.user_id', '=', userId)
    .executeTakeFirst()
}

export function listSessionRows(db: Db, userId: string, now: Date) {
  return db
    .selectFrom('login_sessions')
    .select(['id', 'device', 'created_at', 'last_seen_at'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .execute()
}

export async function touchSession(db: Db, sessionId: string, now: Date): Promise<void> {
  await db.updateTable('login_sessions').set({ last_seen_at: now }).where('id', '=', sessionId).execute()
}

/** The newest generation has arrived: from now on the one before it has little time left. */
export async function markGenerationSeen(db: Db, sessionId: string, now: Date): Promise<void> {
  await db
    .updateTable('login_sessions')
    .set({ generation_seen_at: now })
    .where('id', '=', sessionId)
    .where('generation_seen_at', 'is', null)
    .execute()
}

/** Of many parallel callers one begins the next generation; the others find it begun. */
export async function beginNextGeneration(db: Db, sessionId: string, generation: number): Promise<void> {
  await db
    .updateTable('login_sessions')
    .set({ generation: generation + 1, generation_seen_at: null })
    .where('id', '=', sessionId)
    .where('generation', '=', generation)
    .execute()
}

/** The ids of the sessions that ended. */
export async function deleteSessions(
  db: Db | Tx,
  userId: string,
  which: { only?: string; except?: string | undefined } = {},
): Promise<string[]> {
  let query = db.deleteFrom('login_sessions').where('user_id', '=', userId)
  if (which.only !== undefined) query = query.where('id', '=', which.only)
  if (which.except !== undefined) query = query.where('id', '!=', which.except)
  return (await query.returning('id').execute()).map((row) => row.id)
}

export async function deleteExpiredSessions(db: Db, now: Date, idleSince: Date): Promise<void> {
  await db
    .deleteFrom('login_sessions')
    .where((row) => row.or([row('expires_at', '<=', now), row('last_seen_at', '<=', idleSince)]))
    .execute()
}

export async function notifySession(db: Db | Tx, channel: string, sessionId: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${sessionId})`.execute(db)
}

export async function isKnownDevice(db: Db, keyHmac: string, since: Date): Promise<boolean> {
  const row = await db
    .selectFrom('known_devices')
    .select('key_hmac')
    .where('key_hmac', '=', keyHmac)
    .where('last_login_at', '>', since)
    .executeTakeFirst()
  return row !== undefined
}

/** @returns how many devices the account had before */
export async function rememberDevice(tx: Tx, userId: string, keyHmac: string, now: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('known_devices')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('known_devices')
    .values({ user_id: userId, key_hmac: keyHmac, last_login_at: now })
    .onConflict((conflict) => conflict.columns(['user_id', 'key_hmac']).doUpdateSet({ last_login_at: now }))
    .execute()
  return Number(count)
}

export async function deleteOldDevices(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('known_devices').where('last_login_at', '<=', before).execute()
}
