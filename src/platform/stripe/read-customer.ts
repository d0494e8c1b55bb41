import type Stripe from 'stripe'
import { fromSeconds, idOf, isMissing } from './client.ts'

/** What is sold: named by us in the price's metadata, which stays when the lookup key moves on to a newer price. */
export interface SoldPlan {
  tier: string
  interval: 'month' | 'year'
}

export interface SubscriptionState {
  id: string
  itemId: string
  status: string
  createdAt: Date
  /** null: a price that is not ours. */
  plan: SoldPlan | null
  periodStart: Date
  periodEnd: Date
  anchor: Date
  cancelAt: Date | null
  trialEndsAt: Date | null
  latestInvoice: { id: string; createdAt: Date } | null
  /** The payment of the latest invoice was given back in full. */
  isRefunded: boolean
  scheduleId: string | null
  next: (SoldPlan & { at: Date }) | null
}

export interface DisputeState {
  status: string
  createdAt: Date
}

export type CustomerState =
  | { isDeleted: true }
  | { isDeleted: false; subscriptions: SubscriptionState[]; disputes: DisputeState[] }

export const TIER_METADATA = 'tracksensei_tier'

function planOf(price: Stripe.Price): SoldPlan | null {
  const tier = price.metadata[TIER_METADATA]
  const interval = price.recurring?.interval
  if (tier === undefined) return null
  if (interval === 'month') return { tier, interval: 'month' }
  return interval === 'year' ? { tier, interval: 'year' } : null
}

async function nextOf(
  client: Stripe,
  subscription: Stripe.Subscription,
  now: Date,
): Promise<SubscriptionState['next']> {
  const { schedule } = subscription
  if (schedule === null || typeof schedule === 'string') return null
  const phase = schedule.phases.find(({ start_date: start }) => fromSeconds(start) > now)
  const price = phase?.items[0]?.price
  if (!phase || !price) return null
  const plan = planOf(await client.prices.retrieve(idOf(price)))
  return plan && { ...plan, at: fromSeconds(phase.start_date) }
}

/** A period ends with the subscription also where the end is only known as a flag. */
function cancelAtOf(subscription: Stripe.Subscription, periodEnd: Date): Date | null {
  if (subscription.cancel_at !== null) return fromSeconds(subscription.cancel_at)
  return subscription.cancel_at_period_end ? periodEnd : null
}

function isRefundedIn(invoice: Stripe.Invoice | null, charges: Stripe.Charge[]): boolean {
  const paidBy = (invoice?.payments?.data ?? []).map(
    ({ payment }) => payment.payment_intent ?? payment.charge,
  )
  const ids = new Set(paidBy.filter((id) => id !== undefined).map(idOf))
  return charges.some(
    (charge) =>
      charge.refunded &&
      (ids.has(charge.id) || (charge.payment_intent && ids.has(idOf(charge.payment_intent)))),
  )
}

async function describe(
  client: Stripe,
  subscription: Stripe.Subscription,
  charges: Stripe.Charge[],
  now: Date,
): Promise<SubscriptionState | null> {
  const item = subscription.items.data[0]
  if (!item) return null
  const { latest_invoice: latest, trial_end: trialEnd, schedule } = subscription
  const invoice = latest === null || typeof latest === 'string' ? null : latest
  const periodEnd = fromSeconds(item.current_period_end)
  return {
    id: subscription.id,
    itemId: item.id,
    status: subscription.status,
    createdAt: fromSeconds(subscription.created),
    plan: planOf(item.price),
    periodStart: fromSeconds(item.current_period_start),
    periodEnd,
    anchor: fromSeconds(subscription.billing_cycle_anchor),
    cancelAt: cancelAtOf(subscription, periodEnd),
    trialEndsAt: trialEnd === null ? null : fromSeconds(trialEnd),
    latestInvoice: invoice && { id: invoice.id, createdAt: fromSeconds(invoice.created) },
    isRefunded: isRefundedIn(invoice, charges),
    scheduleId: schedule === null ? null : idOf(schedule),
    next: await nextOf(client, subscription, now),
  }
}

async function disputesOf(client: Stripe, charges: Stripe.Charge[]): Promise<DisputeState[]> {
  const found: DisputeState[] = []
  for (const charge of charges.filter(({ disputed }) => disputed))
    for await (const dispute of client.disputes.list({ charge: charge.id, limit: 100 }))
      found.push({ status: dispute.status, createdAt: fromSeconds(dispute.created) })
  return found
}

async function hasGone(client: Stripe, customerId: string): Promise<boolean> {
  try {
    return (await client.customers.retrieve(customerId)).deleted === true
  } catch (error) {
    if (isMissing(error)) return true
    throw error
  }
}

/** Everything that decides what a customer may do, as Stripe has it now. */
export async function readCustomer(client: Stripe, customerId: string, now: Date): Promise<CustomerState> {
  if (await hasGone(client, customerId)) return { isDeleted: true }
  const charges: Stripe.Charge[] = []
  for await (const charge of client.charges.list({ customer: customerId, limit: 100 })) charges.push(charge)
  const subscriptions: SubscriptionState[] = []
  const expand = ['data.schedule', 'data.latest_invoice.payments']
  for await (const one of client.subscriptions.list({
    customer: customerId,
    status: 'all',
    limit: 100,
    expand,
  })) {
    const state = await describe(client, one, charges, now)
    if (state) subscriptions.push(state)
  }
  return { isDeleted: false, subscriptions, disputes: await disputesOf(client, charges) }
}
