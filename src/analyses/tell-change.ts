import { ANALYSIS_CHANNEL, type Context } from '../context.ts'
import { notifyChanged } from './queries.ts'

/** Whoever watches this analysis, in any process, reads its row again. */
export async function tellChange(ctx: Context, analysisId: string): Promise<void> {
  await notifyChanged(ctx.db, ANALYSIS_CHANNEL, analysisId)
}
