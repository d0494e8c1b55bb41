import type { Context } from '../src/context.ts'
import { giveUpExport, makeExport } from '../src/privacy/make-export.ts'

export async function workOnExports(ctx: Context): Promise<void> {
  await ctx.queue.work('make-export', 1, ({ payload }) => makeExport(ctx, payload.exportId))
  await ctx.queue.work('make-export-given-up', 1, ({ payload }) => giveUpExport(ctx, payload.exportId))
}
