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

export function findUserByEmail(db: Db | Tx, email: string) {
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
  await tx
    .deleteFrom('email_tokens')
    .where('user_id', '=', userId)
    .where('purpose', '=', 'verify-email')
    .where('used_at', 'is', null)
    .execute()
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

export async function setPasswordHash(
  db: Db | Tx,
  userId: string,
  passwordHash: string,
  replaced?: string,
): Promise<void> {
  const update = db.updateTable('users').set({ password_hash: passwordHash }).where('id', '=', userId)
  await (replaced === undefined ? update : update.where('password_hash', '=', replaced)).execute()
}

export async function setDisplayName(db: Db, userId: string, displayName: string | null): Promise<void> {
  await db.updateTable('users').set({ display_name: displayName }).where('id', '=', userId).execute()
}

/** False when another account has this address. */
export async function setEmail(tx: Tx, userId: string, email: string): Promise<boolean> {
  const taken = await tx.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst()
  if (taken) return false
  await tx.updateTable('users').set({ email }).where('id', '=', userId).execute()
  return true
}

/** The row, held until the transaction ends: nothing that refers to it can be inserted meanwhile. */
export function lockUser(tx: Tx, userId: string) {
  return tx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().executeTakeFirst()
}

/** Every row that refers to it goes along. */
export function deleteUser(tx: Tx, userId: string) {
  return tx
    .deleteFrom('users')
    .where('id', '=', userId)
    .returning(['email', 'verified_at'])
    .executeTakeFirst()
}

export function listUnverifiedSince(db: Db, before: Date) {
  return db
    .selectFrom('users')
    .select('id')
    .where('verified_at', 'is', null)
    .where('created_at', '<=', before)
    .limit(500)
    .execute()
}

/** The next confirmed accounts in the order of their numbers. */
export function listVerifiedAfter(db: Db, lastId: string) {
  return db
    .selectFrom('users')
    .select('id')
    .where('verified_at', 'is not', null)
    .where('id', '>', lastId)
    .orderBy('id')
    .limit(200)
    .execute()
}
