import type { Context } from '../context.ts'
import { HOUR_MS } from '../core/clock.ts'
import type { StripeGateway } from '../platform/stripe/stripe.ts'
import {
  getBillingUser,
  listUnsentMeterEvents,
  markMeterEventSent,
  markMeterEventTried,
  setCustomer,
} from './queries.ts'

/** Stripe forgets an identifier after 24 hours: what was tried longer ago must not be sent again blindly. */
const BLIND_RESEND_LIMIT_MS = 23 * HOUR_MS
const BATCH = 200

async function customerOf(ctx: Context, stripe: StripeGateway, userId: string): Promise<string> {
  const { stripe_customer_id: known } = await getBillingUser(ctx.db, userId)
  if (known) return known
  const customerId = await stripe.createCustomer(userId)
  await setCustomer(ctx.db, userId, customerId)
  return customerId
}

/** Every unit of the outbox that Stripe takes has been counted there once; the rest waits for the next run. */
export async function reportUsage(ctx: Context): Promise<void> {
  const { stripe } = ctx
  if (!stripe) return
  const triedSince = new Date(ctx.clock.now().getTime() - BLIND_RESEND_LIMIT_MS)
  for (const event of await listUnsentMeterEvents(ctx.db, triedSince, BATCH)) {
    await markMeterEventTried(ctx.db, event.identifier, ctx.clock.now())
    await stripe.reportUsage({
      identifier: event.identifier,
      eventName: event.event_name,
      customerId: await customerOf(ctx, stripe, event.user_id),
      happenedAt: event.happened_at,
    })
    await markMeterEventSent(ctx.db, event.identifier, ctx.clock.now())
  }
}
