import type { Context } from '../context.ts'
import { listUploadsOf, markUploadDeleted } from './queries.ts'

/** No byte of the analysis' raw files is left, and each row says since when. */
export async function removeRawFiles(ctx: Context, analysisId: string): Promise<void> {
  for (const upload of await listUploadsOf(ctx.db, analysisId)) {
    if (upload.deleted_at) continue
    await ctx.storage.remove(upload.storage_key)
    await markUploadDeleted(ctx.db, upload.storage_key, ctx.clock.now())
  }
}
