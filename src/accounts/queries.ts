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

export function findUser(db: Db, userId: string) {
  return db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst()
}

export async function replaceUnverifiedUser(
  tx: Tx,
  userId: string,
  user: { displayName: string | null; passwordHash: string },
): Promise<void> {
  await tx
    .updateTable('users')
    .set({ display_name: user.displayName, password_hash: user.passwordHash })
    .where('id', '=', userId)
    .where('verified_at', 'is', null)
    .execute()
}

export async function markVerified(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx
    .updateTable('users')
    .set({ verified_at: now })
    .where('id', '=', userId)
    .where('verified_at', 'is', null)
    .execute()
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
  token: { sha256: string; userId: string; now: Date; expiresAt: Date },
) {
  await db
    .insertInto('email_tokens')
    .values({
      token_sha256: token.sha256,
      user_id: token.userId,
      purpose: 'verify-email',
      created_at: token.now,
      expires_at: token.expiresAt,
      used_at: null,
    })
    .execute()
}

export async function deleteTokensOf(db: Db | Tx, userId: string): Promise<void> {
  await db.deleteFrom('email_tokens').where('user_id', '=', userId).execute()
}

/** Marks the token used, once: of many callers exactly one gets the row. */
export function useToken(tx: Tx, sha256: string, now: Date) {
  return tx
    .updateTable('email_tokens')
    .set({ used_at: now })
    .where('token_sha256', '=', sha256)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('user_id')
    .executeTakeFirst()
}

export async function insertLetter(
  tx: Tx,
  userId: string,
  kind: 'verify-email' | 'already-registered',
  now: Date,
) {
  const row = await tx
    .insertInto('letters')
    .values({ user_id: userId, kind, created_at: now, sent_at: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export function findUnsentLetter(db: Db, letterId: string) {
  return db
    .selectFrom('letters')
    .innerJoin('users', 'users.id', 'letters.user_id')
    .select(['letters.id', 'letters.kind', 'letters.user_id', 'users.email', 'users.verified_at'])
    .where('letters.id', '=', letterId)
    .where('letters.sent_at', 'is', null)
    .executeTakeFirst()
}

export async function markLetterSent(db: Db, letterId: string, now: Date): Promise<void> {
  await db.updateTable('letters').set({ sent_at: now }).where('id', '=', letterId).execute()
}
