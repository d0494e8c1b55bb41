import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import type { StripeGateway, VerifiedEvent } from '../platform/stripe/stripe.ts'
import { insertStripeEvent } from './queries.ts'

function verify(ctx: Context, stripe: StripeGateway, rawBody: Buffer, signature: string): VerifiedEvent {
  try {
    return stripe.verifyEvent(rawBody, signature, ctx.clock.now())
  } catch (cause) {
    throw new AppError('malformed', 'billing/bad-signature', 'The signature does not belong to this body.', {
      cause,
    })
  }
}

/** A genuine event is recorded once, durably. @throws AppError malformed for anything Stripe did not sign just now. */
export async function receiveStripeEvent(
  ctx: Context,
  rawBody: Buffer,
  signature: string | undefined,
): Promise<void> {
  const { stripe } = ctx
  if (!stripe)
    throw new AppError('unavailable', 'billing/not-configured', 'This service runs without Stripe.')
  const event = verify(ctx, stripe, rawBody, signature ?? '')
  const isNew = await insertStripeEvent(ctx.db, { ...event, receivedAt: ctx.clock.now() })
  ctx.log.info(isNew ? 'stripe-event-recorded' : 'stripe-event-repeated', { eventType: event.type })
}
