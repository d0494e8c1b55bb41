import type { Db, Tx } from '../platform/db/database.ts'

/** The analysis an upload asks for: the row that every later step fills. */
export async function insertAnalysis(
  tx: Tx,
  analysis: {
    id: string
    userId: string
    audioName: string | null
    setName: string | null
    referenceId: string | null
    referenceName: string | null
    earlierId: string | null
    versionNumber: number
    intent: string
    isDemo: boolean
    now: Date
    expiresAt: Date
  },
): Promise<void> {
  await tx
    .insertInto('analyses')
    .values({
      id: analysis.id,
      user_id: analysis.userId,
      state: 'queued',
      stage: 'waiting',
      audio_name: analysis.audioName,
      set_name: analysis.setName,
      reference_id: analysis.referenceId,
      reference_name: analysis.referenceName,
      earlier_id: analysis.earlierId,
      version_number: analysis.versionNumber,
      intent: analysis.intent,
      is_demo: analysis.isDemo,
      report: null,
      failure_code: null,
      failure_detail: null,
      created_at: analysis.now,
      finished_at: null,
      expires_at: analysis.expiresAt,
    })
    .execute()
}

/** An analysis that a newer version can be compared with: finished, with audio. */
/** A finished analysis that has a part in common with what comes now. */
export function findEarlier(
  tx: Tx,
  userId: string,
  id: string,
  parts: { hasAudio: boolean; hasSet: boolean },
) {
  return tx
    .selectFrom('analyses')
    .select(['id', 'version_number'])
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('state', '=', 'done')
    .where((where) =>
      where.or([
        ...(parts.hasAudio ? [where('audio_name', 'is not', null)] : []),
        ...(parts.hasSet ? [where('set_name', 'is not', null)] : []),
      ]),
    )
    .executeTakeFirst()
}

export interface NewUpload {
  analysisId: string
  userId: string
  role: 'audio' | 'set' | 'reference'
  key: string
  container: string
  sizeBytes: number
  sha256: string
  now: Date
  deleteAfter: Date
}

export async function insertUpload(tx: Tx, upload: NewUpload): Promise<void> {
  await tx
    .insertInto('uploads')
    .values({
      analysis_id: upload.analysisId,
      user_id: upload.userId,
      role: upload.role,
      storage_key: upload.key,
      container: upload.container,
      size_bytes: upload.sizeBytes,
      sha256: upload.sha256,
      created_at: upload.now,
      delete_after: upload.deleteAfter,
      deleted_at: null,
    })
    .execute()
}

export function listUploadsOf(db: Db | Tx, analysisId: string) {
  return db.selectFrom('uploads').selectAll().where('analysis_id', '=', analysisId).orderBy('role').execute()
}

export async function markUploadDeleted(db: Db | Tx, key: string, now: Date): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ deleted_at: now })
    .where('storage_key', '=', key)
    .where('deleted_at', 'is', null)
    .execute()
}

export function listOverdueUploads(db: Db, now: Date) {
  return db
    .selectFrom('uploads')
    .select(['storage_key', 'analysis_id'])
    .where('deleted_at', 'is', null)
    .where('delete_after', '<=', now)
    .limit(500)
    .execute()
}

/** Whether a row holds this key, says that its bytes are deleted, or no row knows it. */
export async function findKeyState(db: Db, key: string): Promise<'held' | 'deleted' | 'unknown'> {
  const row = await db
    .selectFrom('uploads')
    .select('deleted_at')
    .where('storage_key', '=', key)
    .executeTakeFirst()
  if (!row) return 'unknown'
  return row.deleted_at === null ? 'held' : 'deleted'
}

export async function insertRawDeletions(tx: Tx, keys: string[], now: Date): Promise<void> {
  if (keys.length === 0) return
  await tx
    .insertInto('raw_deletions')
    .values(keys.map((storage_key) => ({ storage_key, due_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export function listRawDeletions(db: Db) {
  return db.selectFrom('raw_deletions').select('storage_key').limit(500).execute()
}

export async function deleteRawDeletion(db: Db, key: string): Promise<void> {
  await db.deleteFrom('raw_deletions').where('storage_key', '=', key).execute()
}

/** Keys of raw files of an account whose bytes may still be there. */
export async function listHeldKeys(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('uploads')
    .select('storage_key')
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .execute()
  return rows.map((row) => row.storage_key)
}
