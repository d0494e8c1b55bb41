import type { Context } from '../context.ts'
import { removeAllForgotten } from './forget-raw-files.ts'
import { findKeyState, listOverdueUploads, markUploadDeleted } from './queries.ts'
import { ORPHAN_AGE_MS } from './raw-files.ts'

/**
 * Raw files that are overdue, or that no row holds, are gone: also the copy that a worker was reading when its machine
 * went down, although the analysis was finished elsewhere.
 * @returns how many were removed
 */
export async function sweepRawFiles(ctx: Context): Promise<number> {
  let count = 0
  await removeAllForgotten(ctx)
  for (const { storage_key: key } of await listOverdueUploads(ctx.db, ctx.clock.now())) {
    await ctx.storage.remove(key)
    await markUploadDeleted(ctx.db, key, ctx.clock.now())
    count += 1
  }
  for await (const { key, ageMs } of ctx.storage.list()) {
    const state = await findKeyState(ctx.db, key)
    if (state === 'held' || (state === 'unknown' && ageMs < ORPHAN_AGE_MS)) continue
    await ctx.storage.remove(key)
    count += 1
  }
  return count
}
