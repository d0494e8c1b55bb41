import type { Context } from '../context.ts'
import { HOUR_MS } from '../core/clock.ts'
import type { StripeGateway } from '../platform/stripe/stripe.ts'
import { getBillingUser } from './get-billing-user.ts'
import {
  insertCustomerDeletion,
  listUnsentMeterEvents,
  markMeterEventSent,
  markMeterEventTried,
  setCustomer,
} from './queries.ts'

/** Stripe forgets an identifier after 24 hours: what was tried longer ago must not be sent again blindly. */
const BLIND_RESEND_LIMIT_MS = 23 * HOUR_MS
const BATCH = 200
const FAILURES_IN_A_ROW = 3

async function customerOf(ctx: Context, stripe: StripeGateway, userId: string): Promise<string> {
  const { stripe_customer_id: known } = await getBillingUser(ctx.db, userId)
  if (known) return known
  const made = await stripe.createCustomer(userId, ctx.clock.now())
  const customerId = await setCustomer(ctx.db, userId, made)
  // The account went while its customer was being made: that goes too.
  if (customerId === undefined) await insertCustomerDeletion(ctx.db, made, ctx.clock.now())
  return customerId ?? made
}

type UnsentEvent = Awaited<ReturnType<typeof listUnsentMeterEvents>>[number]

async function reportOne(ctx: Context, stripe: StripeGateway, event: UnsentEvent): Promise<void> {
  const { identifier } = event
  const customerId = await customerOf(ctx, stripe, event.user_id)
  // Only from here on may Stripe have counted it.
  await markMeterEventTried(ctx.db, identifier, ctx.clock.now())
  const isCounted = await stripe.reportUsage({
    identifier,
    eventName: event.event_name,
    customerId,
    happenedAt: event.happened_at,
  })
  if (isCounted) await markMeterEventSent(ctx.db, identifier, ctx.clock.now())
  else ctx.log.error('meter-event-refused', { eventType: event.event_name })
}

/**
 * Every unit of the outbox that Stripe takes has been counted there once; the rest waits for the next run. One that
 * fails does not hold up the others; several in a row mean that Stripe cannot be reached.
 * @throws the last failure
 */
export async function reportUsage(ctx: Context): Promise<void> {
  const { stripe } = ctx
  if (!stripe) return
  const triedSince = new Date(ctx.clock.now().getTime() - BLIND_RESEND_LIMIT_MS)
  const failures: unknown[] = []
  let failedInARow = 0
  for (const event of await listUnsentMeterEvents(ctx.db, triedSince, BATCH)) {
    if (failedInARow === FAILURES_IN_A_ROW) break
    try {
      await reportOne(ctx, stripe, event)
      failedInARow = 0
    } catch (error) {
      failures.push(error)
      failedInARow += 1
    }
  }
  if (failures.length > 0) throw failures.at(-1)
}
