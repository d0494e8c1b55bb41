import type { Context } from '../context.ts'
import { after, MINUTE_MS } from '../core/clock.ts'
import { listDueReadings } from './subscription-queries.ts'
import { syncCustomer } from './sync-customer.ts'

/** A period that ended without news is asked about again after this long. */
const ASK_AGAIN_MS = 10 * MINUTE_MS
const FAILURES_IN_A_ROW = 3

/**
 * Whoever's plan may have changed while Stripe could not be reached, or ended without a word from there, has been read
 * again. @throws the last failure; the next run tries again
 */
export async function refreshDuePlans(ctx: Context): Promise<void> {
  const { stripe } = ctx
  if (!stripe) return
  const now = ctx.clock.now()
  let failedInARow = 0
  let failure: unknown
  for (const { stripe_customer_id: id } of await listDueReadings(ctx.db, now, after(now, -ASK_AGAIN_MS))) {
    if (id === null || failedInARow === FAILURES_IN_A_ROW) break
    try {
      await syncCustomer(ctx, stripe, id)
      failedInARow = 0
    } catch (error) {
      failure = error
      failedInARow += 1
    }
  }
  if (failure) throw failure
}
