import type { Context } from '../context.ts'
import { listUploadsOf } from './queries.ts'

export interface RawFileFacts {
  role: 'audio' | 'set' | 'reference'
  key: string
  container: string
  sizeBytes: number
  sha256: string
  deleteAfter: Date
  deletedAt: Date | null
}

/** The raw files of an analysis, there or gone. */
export async function listRawFiles(ctx: Context, analysisId: string): Promise<RawFileFacts[]> {
  const uploads = await listUploadsOf(ctx.db, analysisId)
  return uploads.map((upload) => ({
    role: upload.role,
    key: upload.storage_key,
    container: upload.container,
    sizeBytes: upload.size_bytes,
    sha256: upload.sha256,
    deleteAfter: upload.delete_after,
    deletedAt: upload.deleted_at,
  }))
}
