import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import type { SignedBody, StripeGateway } from '../platform/stripe/stripe.ts'
import { hasStripeEvent, insertStripeEvent } from './queries.ts'
import { findAccountOfCustomer, markReadingDue } from './subscription-queries.ts'
import { syncCustomer } from './sync-customer.ts'

export interface StripeHint {
  id: string
  type: string
  createdAt: Date
  customerId: string | null
  chargeId: string | null
}

export function stripeOf(ctx: Context): StripeGateway {
  if (ctx.stripe) return ctx.stripe
  throw new AppError(
    'unavailable',
    'billing/not-configured',
    'This service runs without payments. Plans are set by its operator.',
  )
}

/** @throws AppError malformed for anything Stripe did not sign just now */
export function verified<Event>(
  ctx: Context,
  rawBody: Buffer,
  signature: string | undefined,
  verify: (body: SignedBody) => Event,
): Event {
  try {
    return verify({ rawBody, signature: signature ?? '', now: ctx.clock.now() })
  } catch (cause) {
    throw new AppError('malformed', 'billing/bad-signature', 'The signature does not belong to this body.', {
      cause,
    })
  }
}

/** Whose it is is read again soon, by a worker, should Stripe not deliver this again. */
async function noteForLater(ctx: Context, customerId: string | null): Promise<void> {
  const account = customerId === null ? undefined : await findAccountOfCustomer(ctx.db, customerId)
  if (account) await markReadingDue(ctx.db, account.id, ctx.clock.now())
}

/**
 * Something changed at Stripe: what it has now of this customer holds here, and the event is recorded, in one
 * transaction. An event that is known already does nothing. @returns whether it was new
 */
export async function takeHint(ctx: Context, stripe: StripeGateway, hint: StripeHint): Promise<boolean> {
  if (await hasStripeEvent(ctx.db, hint.id)) return false
  const record = { ...hint, receivedAt: ctx.clock.now() }
  let { customerId } = hint
  try {
    if (customerId === null && hint.chargeId !== null)
      customerId = await stripe.findCustomerOfCharge(hint.chargeId)
    if (customerId === null) return await insertStripeEvent(ctx.db, record)
    let isNew = false
    await syncCustomer(ctx, stripe, customerId, async (tx) => {
      isNew = await insertStripeEvent(tx, record)
    })
    return isNew
  } catch (error) {
    await noteForLater(ctx, customerId)
    throw error
  }
}

/**
 * A genuine event is recorded once, durably, with what it changed.
 * @throws AppError malformed for anything Stripe did not sign just now; unavailable when Stripe cannot be asked, so that
 * it delivers the event again
 */
export async function receiveStripeEvent(
  ctx: Context,
  rawBody: Buffer,
  signature: string | undefined,
): Promise<void> {
  const stripe = stripeOf(ctx)
  const event = verified(ctx, rawBody, signature, (body) => stripe.verifyEvent(body))
  const isNew = await takeHint(ctx, stripe, event).catch((cause: unknown) => {
    ctx.log.warn('stripe-event-put-off', { eventType: event.type, error: cause })
    throw new AppError('unavailable', 'billing/stripe-unreachable', 'Deliver this event again later.', {
      retryAfterSeconds: 60,
      cause,
    })
  })
  ctx.log.info(isNew ? 'stripe-event-recorded' : 'stripe-event-repeated', { eventType: event.type })
}

/** Stripe could not count some of what it was told: the operator is told, and the numbers are compared at once. */
export async function receiveMeterError(
  ctx: Context,
  rawBody: Buffer,
  signature: string | undefined,
): Promise<void> {
  const stripe = stripeOf(ctx)
  const event = verified(ctx, rawBody, signature, (body) => stripe.verifyNotification(body))
  const isNew = await ctx.db.transaction().execute(async (tx) => {
    const isFirst = await insertStripeEvent(tx, { ...event, receivedAt: ctx.clock.now() })
    if (isFirst) await ctx.queue.enqueue('reconcile-billing', {}, { tx })
    return isFirst
  })
  if (isNew) ctx.log.error('meter-events-not-counted', { eventType: event.type })
}
