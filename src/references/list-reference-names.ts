import type { Context } from '../context.ts'
import { listReferenceRows } from './queries.ts'

/** What the account calls its kept references. */
export async function listReferenceNames(ctx: Context, userId: string): Promise<string[]> {
  return (await listReferenceRows(ctx.db, userId)).map(({ name }) => name)
}
