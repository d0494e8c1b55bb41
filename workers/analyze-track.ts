import { analyzeUpload } from '../src/analyses/analyze-upload.ts'
import { giveUpAnalysis } from '../src/analyses/fail-analysis.ts'
import type { Context } from '../src/context.ts'

export async function workOnTracks(ctx: Context, drain: AbortSignal): Promise<void> {
  await ctx.queue.work('analyze-track', ctx.config.workerConcurrency, async ({ payload, signal, isLast }) => {
    await analyzeUpload(ctx, payload.analysisId, { signal: AbortSignal.any([signal, drain]), isLast })
  })
  await ctx.queue.work('analyze-track-given-up', 1, ({ payload }) => giveUpAnalysis(ctx, payload.analysisId))
}
