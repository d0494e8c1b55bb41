import Stripe from 'stripe'
import type { Config } from '../../core/config.ts'

export interface MeterEvent {
  /** Unique for the unit of work: Stripe counts it once. */
  identifier: string
  eventName: string
  customerId: string
  happenedAt: Date
}

export interface VerifiedEvent {
  id: string
  type: string
  createdAt: Date
}

export interface StripeGateway {
  /** The customer of a user: within the hour made once, however often it is tried. Carries no name and no address. */
  createCustomer(userId: string, now: Date): Promise<string>
  /** Stripe has forgotten the customer, or never knew it. */
  deleteCustomer(customerId: string): Promise<void>
  /**
   * Counted once, however often it is tried.
   * @returns false when Stripe refuses this event for good
   * @throws when Stripe could not be reached or cannot take it now
   */
  reportUsage(event: MeterEvent): Promise<boolean>
  /** @throws when the signature is wrong, too old, or dated in the future. */
  verifyEvent(rawBody: Buffer, signature: string, now: Date): VerifiedEvent
}

const OLDEST_SIGNATURE_SECONDS = 300
const FUTURE_SIGNATURE_SECONDS = 60

function signedAtSeconds(signature: string): number {
  return Number(/(?:^|,)\s*t=(\d+)/.exec(signature)?.[1] ?? Number.NaN)
}

/** Stripe answers a repeated identifier with a plain 400 that has no code; it means "already counted". */
function isAlreadyCounted(error: Stripe.errors.StripeInvalidRequestError): boolean {
  return /already exists with identifier/i.test(error.message)
}

export function createStripeGateway(settings: NonNullable<Config['stripe']>): StripeGateway {
  const base = settings.apiBase ? new URL(settings.apiBase) : null
  const client = new Stripe(settings.secretKey, {
    telemetry: false,
    timeout: 20_000,
    maxNetworkRetries: 1,
    ...(base
      ? {
          host: base.hostname,
          port: base.port || (base.protocol === 'https:' ? '443' : '80'),
          protocol: base.protocol === 'https:' ? 'https' : 'http',
        }
      : {}),
  })

  return {
    async createCustomer(userId, now) {
      // Stripe repeats the answer to a key for a day, a failure too: the hour in it lets a later try start afresh.
      const hour = now.toISOString().slice(0, 13)
      const customer = await client.customers.create(
        { metadata: { user_id: userId } },
        { idempotencyKey: `customer:${userId}:${hour}` },
      )
      return customer.id
    },
    async deleteCustomer(customerId) {
      try {
        await client.customers.del(customerId)
      } catch (error) {
        const isGone =
          error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing'
        if (!isGone) throw error
      }
    },
    async reportUsage({ identifier, eventName, customerId, happenedAt }) {
      try {
        // No key of ours: one that met a failure would get it repeated for a day. The identifier counts it once.
        await client.billing.meterEvents.create({
          event_name: eventName,
          identifier,
          timestamp: Math.floor(happenedAt.getTime() / 1000),
          payload: { stripe_customer_id: customerId, value: '1' },
        })
        return true
      } catch (error) {
        if (error instanceof Stripe.errors.StripeInvalidRequestError) return isAlreadyCounted(error)
        throw error
      }
    },
    verifyEvent(rawBody, signature, now) {
      const nowSeconds = Math.floor(now.getTime() / 1000)
      if (!(signedAtSeconds(signature) <= nowSeconds + FUTURE_SIGNATURE_SECONDS))
        throw new Error('The signature is dated in the future')
      const event = client.webhooks.constructEvent(
        rawBody,
        signature,
        settings.webhookSecret,
        OLDEST_SIGNATURE_SECONDS,
        undefined,
        nowSeconds * 1000,
      )
      return { id: event.id, type: event.type, createdAt: new Date(event.created * 1000) }
    },
  }
}
