import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import {
  deleteRawDeletion,
  insertRawDeletions,
  listRawDeletions,
  listUploadsOf,
  markUploadDeleted,
} from './queries.ts'

/**
 * In the transaction that deletes an analysis: its raw files are marked for removal, which survives a crash.
 * @returns the keys, for removal right after the commit
 */
export async function forgetRawFiles(
  ctx: Context,
  tx: Tx,
  analysisId: string,
  userId: string,
): Promise<string[]> {
  const uploads = await listUploadsOf(tx, analysisId)
  const keys = uploads
    .filter((upload) => !upload.deleted_at && upload.user_id === userId)
    .map((upload) => upload.storage_key)
  await insertRawDeletions(tx, keys, ctx.clock.now())
  return keys
}

/** As forgetRawFiles, for the reference alone: its row says from now on that it is deleted. */
export async function forgetReferenceFile(ctx: Context, tx: Tx, analysisId: string): Promise<string[]> {
  const now = ctx.clock.now()
  const files = (await listUploadsOf(tx, analysisId)).filter((file) => file.role === 'reference')
  const keys = files.filter((file) => !file.deleted_at).map((file) => file.storage_key)
  await insertRawDeletions(tx, keys, now)
  for (const key of keys) await markUploadDeleted(tx, key, now)
  return keys
}

/** The bytes of each key are gone, and so is the note that they should be. */
export async function removeForgotten(ctx: Context, keys: string[]): Promise<void> {
  for (const key of keys) {
    await ctx.storage.remove(key)
    await deleteRawDeletion(ctx.db, key)
  }
}

export async function removeAllForgotten(ctx: Context): Promise<void> {
  const rows = await listRawDeletions(ctx.db)
  await removeForgotten(
    ctx,
    rows.map((row) => row.storage_key),
  )
}
