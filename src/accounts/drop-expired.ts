import type { Context } from '../context.ts'
import { deleteExpired } from './queries.ts'

/** Login sessions and tokens that are over are gone. */
export async function dropExpired(ctx: Context): Promise<void> {
  await deleteExpired(ctx.db, ctx.clock.now())
}
