import Stripe from 'stripe'
import { whenNotBusy } from './client.ts'

export interface MeterEvent {
  /** Unique for the unit of work: Stripe counts it once. */
  identifier: string
  eventName: string
  customerId: string
  happenedAt: Date
  value: number
}

/** Stripe answers a repeated identifier with a plain 400 that has no code; it means "already counted". */
function isAlreadyCounted(error: Stripe.errors.StripeInvalidRequestError): boolean {
  return /already exists with identifier/i.test(error.message)
}

/** @returns false when Stripe refuses this event for good */
export async function reportUsage(client: Stripe, event: MeterEvent): Promise<boolean> {
  const { identifier, eventName, customerId, happenedAt, value } = event
  try {
    await whenNotBusy(() =>
      client.billing.meterEvents.create(
        {
          event_name: eventName,
          identifier,
          timestamp: Math.floor(happenedAt.getTime() / 1000),
          payload: { stripe_customer_id: customerId, value: String(value) },
        },
        // A key that met a failure gets it repeated for a day: each try has its own, the identifier counts once.
        { idempotencyKey: `me:${identifier}:${crypto.randomUUID()}` },
      ),
    )
    return true
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return isAlreadyCounted(error)
    throw error
  }
}

/** @returns the id of each meter by the name of its events */
export async function listMeters(client: Stripe): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for await (const meter of client.billing.meters.list({ status: 'active', limit: 100 }))
    ids.set(meter.event_name, meter.id)
  return ids
}

/** How much Stripe has counted for a customer from `start` to before `end`; both lie on whole minutes. */
export async function countedUsage(
  client: Stripe,
  meterId: string,
  customer: string,
  { start, end }: { start: Date; end: Date },
): Promise<number> {
  const range = { customer, start_time: start.getTime() / 1000, end_time: end.getTime() / 1000 }
  let sum = 0
  for await (const summary of client.billing.meters.listEventSummaries(meterId, { ...range, limit: 100 }))
    sum += summary.aggregated_value
  return sum
}
