import type { Context } from '../context.ts'
import { deleteExpiredLinks } from './queries.ts'

/** Links whose time is over work no more from that moment on; this removes what is left of them. */
export async function dropExpiredLinks(ctx: Context): Promise<void> {
  await deleteExpiredLinks(ctx.db, ctx.clock.now())
}
