import type { Db, Tx } from '../platform/db/database.ts'

const shown = ['id', 'shows_names', 'created_at', 'expires_at'] as const

/** Links that still work, the newest first. */
export function listLinkRows(db: Db | Tx, userId: string, analysisId: string, now: Date) {
  return db
    .selectFrom('report_links')
    .select(shown)
    .where('user_id', '=', userId)
    .where('analysis_id', '=', analysisId)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}

/** Nobody else makes a link for this analysis until the transaction ends. False when it is not this owner's. */
export async function lockAnalysis(tx: Tx, userId: string, analysisId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('analyses')
    .select('id')
    .where('user_id', '=', userId)
    .where('id', '=', analysisId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row !== undefined
}

export interface NewLinkRow {
  userId: string
  analysisId: string
  tokenSha256: string
  showsNames: boolean
  now: Date
  expiresAt: Date
}

export function insertLink(tx: Tx, link: NewLinkRow) {
  return tx
    .insertInto('report_links')
    .values({
      analysis_id: link.analysisId,
      user_id: link.userId,
      token_sha256: link.tokenSha256,
      shows_names: link.showsNames,
      created_at: link.now,
      expires_at: link.expiresAt,
    })
    .returning(shown)
    .executeTakeFirstOrThrow()
}

/** The link of this token, while it works. The token is the proof: nobody else asks. */
export function findLinkByToken(db: Db, tokenSha256: string, now: Date) {
  return db
    .selectFrom('report_links')
    .select(['analysis_id', 'user_id', 'shows_names', 'expires_at'])
    .where('token_sha256', '=', tokenSha256)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

export async function deleteLink(db: Db, userId: string, analysisId: string, id: string): Promise<boolean> {
  const deleted = await db
    .deleteFrom('report_links')
    .where('user_id', '=', userId)
    .where('analysis_id', '=', analysisId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return deleted.numDeletedRows === 1n
}

export async function deleteExpiredLinks(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('report_links').where('expires_at', '<=', now).execute()
}
