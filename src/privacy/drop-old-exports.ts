import type { Context } from '../context.ts'
import { deleteOldExports } from './queries.ts'

/** Copies that nobody fetched within a day are gone. */
export async function dropOldExports(ctx: Context): Promise<void> {
  await deleteOldExports(ctx.db, ctx.clock.now())
}
