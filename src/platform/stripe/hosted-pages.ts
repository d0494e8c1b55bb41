import Stripe from 'stripe'
import { isMissing } from './client.ts'

export interface CheckoutOrder {
  customerId: string
  userId: string
  /** Names the price that is sold now. */
  lookupKey: string
  trialDays: number
  returnUrl: string
}

export type PortalFlow =
  | { kind: 'home' }
  | { kind: 'cancel'; subscriptionId: string }
  | { kind: 'change'; subscriptionId: string; itemId: string; lookupKey: string }

export interface HostedPages {
  /** Pages that were opened before can no longer be paid. */
  expireCheckouts(customerId: string): Promise<void>
  /** A page where this is ordered and paid. @throws when the catalogue at Stripe lacks the price */
  openCheckout(order: CheckoutOrder): Promise<string>
  openPortal(customerId: string, flow: PortalFlow, returnUrl: string): Promise<string>
}

/** Marks the portal's configuration that stripe-setup made. */
export const PORTAL_METADATA = 'tracksensei_portal'

/** Stripe's account lacks what stripe-setup makes there. */
export class StripeNotSetUp extends Error {}

async function priceOf(client: Stripe, lookupKey: string): Promise<string> {
  const { data } = await client.prices.list({ lookup_keys: [lookupKey], active: true, limit: 1 })
  const [price] = data
  if (!price)
    throw new StripeNotSetUp(`Stripe knows no price ${lookupKey}: run tracksensei-admin stripe-setup`)
  return price.id
}

async function portalConfiguration(client: Stripe): Promise<string> {
  for await (const one of client.billingPortal.configurations.list({ active: true, limit: 100 }))
    if (one.metadata?.[PORTAL_METADATA] !== undefined) return one.id
  throw new StripeNotSetUp('Stripe knows no portal configuration of ours: run tracksensei-admin stripe-setup')
}

async function expireOne(client: Stripe, sessionId: string): Promise<void> {
  try {
    await client.checkout.sessions.expire(sessionId)
  } catch (error) {
    // Paid or expired in this moment: whoever reads the customer next sees which.
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
  }
}

function flowData(flow: PortalFlow, price: string | null, returnUrl: string) {
  const after_completion = { type: 'redirect', redirect: { return_url: returnUrl } } as const
  if (flow.kind === 'cancel')
    return {
      type: 'subscription_cancel' as const,
      subscription_cancel: { subscription: flow.subscriptionId },
      after_completion,
    }
  if (flow.kind === 'change' && price !== null)
    return {
      type: 'subscription_update_confirm' as const,
      subscription_update_confirm: {
        subscription: flow.subscriptionId,
        items: [{ id: flow.itemId, price, quantity: 1 }],
      },
      after_completion,
    }
  return undefined
}

export function createHostedPages(client: Stripe): HostedPages {
  return {
    async expireCheckouts(customer) {
      for await (const session of client.checkout.sessions.list({ customer, status: 'open', limit: 100 }))
        await expireOne(client, session.id)
    },
    async openCheckout({ customerId, userId, lookupKey, trialDays, returnUrl }) {
      const price = await priceOf(client, lookupKey)
      const session = await client.checkout.sessions.create({
        mode: 'subscription',
        ui_mode: 'hosted_page',
        customer: customerId,
        client_reference_id: userId,
        line_items: [{ price, quantity: 1 }],
        subscription_data: {
          metadata: { user_id: userId },
          ...(trialDays > 0 ? { trial_period_days: trialDays } : {}),
        },
        success_url: `${returnUrl}?from=checkout`,
        cancel_url: returnUrl,
      })
      if (session.url === null) throw new Error('Stripe made a Checkout without an address')
      return session.url
    },
    async openPortal(customerId, flow, returnUrl) {
      const price = flow.kind === 'change' ? await priceOf(client, flow.lookupKey) : null
      const flow_data = flowData(flow, price, `${returnUrl}?from=portal`)
      const session = await client.billingPortal.sessions.create({
        customer: customerId,
        configuration: await portalConfiguration(client),
        return_url: returnUrl,
        ...(flow_data ? { flow_data } : {}),
      })
      return session.url
    },
  }
}

/** The subscription is over, at once, and nothing more is charged. Nothing happens to one that was over already. */
export async function endSubscription(client: Stripe, subscriptionId: string): Promise<void> {
  try {
    await client.subscriptions.cancel(subscriptionId, { prorate: false })
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

/** Whatever was to come at the end of the period does not come: it goes on as it is. */
export async function keepSubscription(
  client: Stripe,
  subscriptionId: string,
  scheduleId: string | null,
): Promise<void> {
  if (scheduleId) await client.subscriptionSchedules.release(scheduleId)
  const subscription = await client.subscriptions.retrieve(subscriptionId)
  if (subscription.cancel_at_period_end)
    await client.subscriptions.update(subscriptionId, { cancel_at_period_end: false })
  else if (subscription.cancel_at !== null)
    await client.subscriptions.update(subscriptionId, { cancel_at: '' })
}
