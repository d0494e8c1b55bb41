import type { Context } from '../context.ts'
import { deleteAnalysis } from './delete-analysis.ts'
import { listExpired } from './queries.ts'

/** Results older than 30 days are gone, with everything said about them. */
export async function deleteExpiredAnalyses(ctx: Context): Promise<void> {
  for (const { id, user_id: userId } of await listExpired(ctx.db, ctx.clock.now()))
    await deleteAnalysis(ctx, { userId }, id)
}
