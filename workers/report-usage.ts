import { reportUsage } from '../src/billing/report-usage.ts'
import type { Context } from '../src/context.ts'

export async function workOnUsage(ctx: Context): Promise<void> {
  await ctx.queue.work('report-usage', 1, () => reportUsage(ctx))
}
