import type { Context } from '../context.ts'
import { deleteExpiredRows } from './queries.ts'

/** References that nobody used for 30 days are gone. */
export function deleteExpiredReferences(ctx: Context): Promise<void> {
  return deleteExpiredRows(ctx.db, ctx.clock.now())
}
