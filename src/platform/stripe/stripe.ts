import { createStripeClient, idOf, isMissing, type StripeSettings } from './client.ts'
import { listEvents, type VerifiedEvent, verifyEvent, verifyNotification } from './events.ts'
import { createHostedPages, endSubscription, type HostedPages, keepSubscription } from './hosted-pages.ts'
import { countedUsage, listMeters, type MeterEvent, reportUsage } from './meters.ts'
import { type CustomerState, readCustomer } from './read-customer.ts'

export { isStripeDown, StripeBusyError } from './client.ts'
export type { CustomerState, DisputeState, SubscriptionState } from './read-customer.ts'

export interface SignedBody {
  rawBody: Buffer
  signature: string
  now: Date
}

export interface StripeGateway extends HostedPages {
  /** The customer of a user: within ten minutes made once, however often it is tried. Carries no name and no address. */
  createCustomer(userId: string, now: Date): Promise<string>
  /** Stripe has forgotten the customer, or never knew it. */
  deleteCustomer(customerId: string): Promise<void>
  /** Everything that decides what a customer may do, as Stripe has it now. */
  readCustomer(customerId: string, now: Date): Promise<CustomerState>
  /** Whose payment it was; null when nobody's any more. */
  findCustomerOfCharge(chargeId: string): Promise<string | null>
  /** Every customer who has, or had, a subscription. */
  listSubscribers(): Promise<string[]>
  endSubscription(subscriptionId: string): Promise<void>
  keepSubscription(subscriptionId: string, scheduleId: string | null): Promise<void>
  /**
   * Counted once, however often it is tried.
   * @returns false when Stripe refuses this event for good
   * @throws StripeBusyError, or whatever kept Stripe out of reach
   */
  reportUsage(event: MeterEvent): Promise<boolean>
  listMeters(): Promise<Map<string, string>>
  countedUsage(meterId: string, customerId: string, range: { start: Date; end: Date }): Promise<number>
  /** @throws when the signature is wrong, too old, or dated in the future */
  verifyEvent(body: SignedBody): VerifiedEvent
  /** The same for thin events, which come to an endpoint with a secret of its own. */
  verifyNotification(body: SignedBody): { id: string; type: string; createdAt: Date }
  listEvents(since: Date, types: string[]): Promise<VerifiedEvent[]>
}

export function createStripeGateway(settings: StripeSettings): StripeGateway {
  const client = createStripeClient(settings)
  return {
    ...createHostedPages(client),
    async createCustomer(userId, now) {
      // Stripe repeats the answer to a key for a day, a failure too: the time in it lets a later try start afresh.
      const tenMinutes = now.toISOString().slice(0, 15)
      const customer = await client.customers.create(
        { metadata: { user_id: userId } },
        { idempotencyKey: `customer:${userId}:${tenMinutes}` },
      )
      return customer.id
    },
    async deleteCustomer(customerId) {
      try {
        await client.customers.del(customerId)
      } catch (error) {
        if (!isMissing(error)) throw error
      }
    },
    readCustomer: (customerId, now) => readCustomer(client, customerId, now),
    async findCustomerOfCharge(chargeId) {
      const { customer } = await client.charges.retrieve(chargeId)
      return customer === null ? null : idOf(customer)
    },
    async listSubscribers() {
      const ids = new Set<string>()
      for await (const { customer } of client.subscriptions.list({ status: 'all', limit: 100 }))
        ids.add(idOf(customer))
      return [...ids]
    },
    endSubscription: (id) => endSubscription(client, id),
    keepSubscription: (id, scheduleId) => keepSubscription(client, id, scheduleId),
    reportUsage: (event) => reportUsage(client, event),
    listMeters: () => listMeters(client),
    countedUsage: (meterId, customerId, range) => countedUsage(client, meterId, customerId, range),
    verifyEvent: (body) => verifyEvent(client, settings.webhookSecrets, body),
    verifyNotification: (body) => verifyNotification(client, settings.meterWebhookSecrets, body),
    listEvents: (since, types) => listEvents(client, since, types),
  }
}
