import type { Db, Tx } from '../platform/db/database.ts'

export async function insertUser(
  tx: Tx,
  user: { email: string; displayName: string | null; passwordHash: string; now: Date },
): Promise<string | undefined> {
  const row = await tx
    .insertInto('users')
    .values({
      email: user.email,
      display_name: user.displayName,
      password_hash: user.passwordHash,
      sixteen_or_older_at: user.now,
      created_at: user.now,
      verified_at: null,
      stripe_customer_id: null,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export function findUserByEmail(db: Db, email: string) {
  return db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()
}

export function findUser(db: Db | Tx, userId: string) {
  return db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst()
}

/** What a person registered with; a letter and its link confirm exactly this. */
export interface Registration {
  password_hash: string | null
  display_name: string | null
}

/** False when the address was confirmed before. */
export async function markVerified(
  tx: Tx,
  userId: string,
  registration: { password_hash: string; display_name: string | null },
  now: Date,
): Promise<boolean> {
  const updated = await tx
    .updateTable('users')
    .set({ ...registration, verified_at: now })
    .where('id', '=', userId)
    .where('verified_at', 'is', null)
    .executeTakeFirstOrThrow()
  return updated.numUpdatedRows === 1n
}

/** Registrations that were not confirmed are worth nothing once one is. */
export async function forgetRegistrations(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('email_tokens').where('user_id', '=', userId).where('used_at', 'is', null).execute()
  await tx
    .updateTable('letters')
    .set({ password_hash: null, display_name: null })
    .where('user_id', '=', userId)
    .execute()
}

export function findLatestRegistration(db: Db, userId: string): Promise<Registration | undefined> {
  return db
    .selectFrom('letters')
    .select(['password_hash', 'display_name'])
    .where('user_id', '=', userId)
    .where('password_hash', 'is not', null)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
}

export async function insertSession(db: Db, userId: string, now: Date, expiresAt: Date): Promise<string> {
  const row = await db
    .insertInto('login_sessions')
    .values({ user_id: userId, created_at: now, last_seen_at: now, expires_at: expiresAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export function findSession(db: Db, sessionId: string, userId: string) {
  return db
    .selectFrom('login_sessions')
    .innerJoin('users', 'users.id', 'login_sessions.user_id')
    .select(['login_sessions.expires_at', 'login_sessions.last_seen_at', 'users.verified_at'])
    .where('login_sessions.id', '=', sessionId)
    .where('login_sessions.user_id', '=', userId)
    .executeTakeFirst()
}

export async function touchSession(db: Db, sessionId: string, now: Date): Promise<void> {
  await db.updateTable('login_sessions').set({ last_seen_at: now }).where('id', '=', sessionId).execute()
}

export async function deleteSession(db: Db, sessionId: string, userId: string): Promise<void> {
  await db.deleteFrom('login_sessions').where('id', '=', sessionId).where('user_id', '=', userId).execute()
}

export async function deleteSessionsOf(db: Db | Tx, userId: string): Promise<void> {
  await db.deleteFrom('login_sessions').where('user_id', '=', userId).execute()
}

export async function deleteExpired(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('login_sessions').where('expires_at', '<=', now).execute()
  await db.deleteFrom('email_tokens').where('expires_at', '<=', now).execute()
}

export async function insertToken(
  db: Db,
  token: { sha256: string; userId: string; registration: Registration; now: Date; expiresAt: Date },
) {
  await db
    .insertInto('email_tokens')
    .values({
      token_sha256: token.sha256,
      user_id: token.userId,
      purpose: 'verify-email',
      ...token.registration,
      created_at: token.now,
      expires_at: token.expiresAt,
      used_at: null,
    })
    .execute()
}

/** Marks the token used, once: of many callers exactly one gets the row. */
export function useToken(tx: Tx, sha256: string, now: Date) {
  return tx
    .updateTable('email_tokens')
    .set({ used_at: now })
    .where('token_sha256', '=', sha256)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['user_id', 'password_hash', 'display_name'])
    .executeTakeFirst()
}

export async function insertLetter(
  tx: Tx,
  letter: {
    userId: string
    kind: 'verify-email' | 'already-registered'
    registration: Registration | undefined
    now: Date
  },
): Promise<string> {
  const row = await tx
    .insertInto('letters')
    .values({
      user_id: letter.userId,
      kind: letter.kind,
      password_hash: letter.registration?.password_hash ?? null,
      display_name: letter.registration?.display_name ?? null,
      created_at: letter.now,
      sent_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export function findUnsentLetter(db: Db, letterId: string) {
  return db
    .selectFrom('letters')
    .innerJoin('users', 'users.id', 'letters.user_id')
    .select([
      'letters.id',
      'letters.kind',
      'letters.user_id',
      'letters.password_hash',
      'letters.display_name',
      'users.email',
      'users.verified_at',
    ])
    .where('letters.id', '=', letterId)
    .where('letters.sent_at', 'is', null)
    .executeTakeFirst()
}

export async function markLetterSent(db: Db, letterId: string, now: Date): Promise<void> {
  await db.updateTable('letters').set({ sent_at: now }).where('id', '=', letterId).execute()
}
