import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import { insertRawDeletions, listHeldKeys } from './queries.ts'

/**
 * In the transaction that deletes an account: all its raw files are marked for removal, which survives a crash.
 * @returns the keys, for removal right after the commit
 */
export async function forgetAllRawFiles(ctx: Context, tx: Tx, userId: string): Promise<string[]> {
  const keys = await listHeldKeys(tx, userId)
  await insertRawDeletions(tx, keys, ctx.clock.now())
  return keys
}
