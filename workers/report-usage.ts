import { deleteForgottenCustomers } from '../src/billing/forget-customer.ts'
import { refreshDuePlans } from '../src/billing/refresh-due-plans.ts'
import { reportUsage } from '../src/billing/report-usage.ts'
import type { Context } from '../src/context.ts'

export async function workOnUsage(ctx: Context): Promise<void> {
  await ctx.queue.work('report-usage', 1, async () => {
    // One customer that Stripe will not let go must not hold up what everybody used, nor the other way round.
    try {
      await refreshDuePlans(ctx)
    } finally {
      try {
        await reportUsage(ctx)
      } finally {
        await deleteForgottenCustomers(ctx)
      }
    }
  })
}
