import { reconcileBilling } from '../src/billing/reconcile.ts'
import type { Context } from '../src/context.ts'

export async function workOnReconciling(ctx: Context): Promise<void> {
  await ctx.queue.work('reconcile-billing', 1, async () => {
    await reconcileBilling(ctx)
  })
}
