import type { Context } from '../src/context.ts'
import { makeExport } from '../src/privacy/make-export.ts'

export async function workOnExports(ctx: Context): Promise<void> {
  await ctx.queue.work('make-export', 1, ({ payload }) => makeExport(ctx, payload.exportId))
}
