import type { Db, Tx } from '../platform/db/database.ts'
import type { LetterKind } from '../platform/db/schema.ts'
import type { Registration } from './queries.ts'

export interface LetterRow {
  userId: string | null
  kind: LetterKind
  registration: Registration | undefined
  address: string | null
  detail: string | null
  cause: string | null
  now: Date
}

/** Undefined when there is a letter for this cause already. */
export async function insertLetter(tx: Tx, letter: LetterRow): Promise<string | undefined> {
  const row = await tx
    .insertInto('letters')
    .values({
      user_id: letter.userId,
      kind: letter.kind,
      password_hash: letter.registration?.password_hash ?? null,
      display_name: letter.registration?.display_name ?? null,
      address: letter.address,
      detail: letter.detail,
      cause: letter.cause,
      created_at: letter.now,
      sent_at: null,
    })
    .onConflict((conflict) => conflict.column('cause').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export function findUnsentLetter(db: Db, letterId: string) {
  return db
    .selectFrom('letters')
    .selectAll()
    .where('id', '=', letterId)
    .where('sent_at', 'is', null)
    .executeTakeFirst()
}

/** What the letter was made from is forgotten; its kind and time stay for a while. */
export async function markLetterSent(db: Db, letterId: string, now: Date): Promise<void> {
  await db
    .updateTable('letters')
    .set({ sent_at: now, address: null, detail: null })
    .where('id', '=', letterId)
    .execute()
}

export async function deleteLetter(db: Db, letterId: string): Promise<void> {
  await db.deleteFrom('letters').where('id', '=', letterId).execute()
}

/** Notes of letters that were sent are gone, and with them letters to deleted accounts that could never be sent. */
export async function deleteOldLetters(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('letters')
    .where((row) =>
      row.or([
        row('sent_at', '<=', before),
        row.and([row('sent_at', 'is', null), row('user_id', 'is', null), row('created_at', '<=', before)]),
      ]),
    )
    // The latest registration of somebody who has not confirmed yet is in a letter; it goes with the account.
    .where('password_hash', 'is', null)
    .execute()
}

export type TokenPurpose = 'verify-email' | 'reset-password' | 'change-email' | 'fetch-export'

export async function insertToken(
  db: Db,
  token: {
    sha256: string
    userId: string
    purpose: TokenPurpose
    registration?: Registration
    newEmail?: string
    now: Date
    expiresAt: Date
  },
) {
  await db
    .insertInto('email_tokens')
    .values({
      token_sha256: token.sha256,
      user_id: token.userId,
      purpose: token.purpose,
      password_hash: token.registration?.password_hash ?? null,
      display_name: token.registration?.display_name ?? null,
      new_email: token.newEmail ?? null,
      created_at: token.now,
      expires_at: token.expiresAt,
      used_at: null,
    })
    .execute()
}

/** Marks the token used, once: of many callers exactly one gets the row. */
export function takeToken(tx: Tx, sha256: string, purpose: TokenPurpose, now: Date) {
  return tx
    .updateTable('email_tokens')
    .set({ used_at: now })
    .where('token_sha256', '=', sha256)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['user_id', 'password_hash', 'display_name', 'new_email'])
    .executeTakeFirst()
}

/** The token, while it can still be used. */
export function findToken(db: Db, sha256: string, purpose: TokenPurpose, now: Date) {
  return db
    .selectFrom('email_tokens')
    .innerJoin('users', 'users.id', 'email_tokens.user_id')
    .select(['email_tokens.user_id', 'users.email', 'users.display_name'])
    .where('token_sha256', '=', sha256)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('email_tokens.expires_at', '>', now)
    .executeTakeFirst()
}

export async function deleteTokens(db: Db | Tx, userId: string, purpose: TokenPurpose): Promise<void> {
  await db
    .deleteFrom('email_tokens')
    .where('user_id', '=', userId)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .execute()
}

/** A change of address that somebody else may have asked for comes to nothing, also where its letter is still to go. */
export async function voidAddressChange(tx: Tx, userId: string): Promise<void> {
  await deleteTokens(tx, userId, 'change-email')
  await tx
    .deleteFrom('letters')
    .where('user_id', '=', userId)
    .where('kind', '=', 'confirm-new-email')
    .where('sent_at', 'is', null)
    .execute()
}

export async function deleteExpiredTokens(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('email_tokens').where('expires_at', '<=', now).execute()
}
