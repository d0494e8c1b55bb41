import type { CustomerState, SubscriptionState } from '../platform/stripe/stripe.ts'
import { tierNameSchema } from './contract.ts'
import type { Mirror } from './standing.ts'
import { tierOrder } from './tiers.ts'

type Known = Extract<CustomerState, { isDeleted: false }>

const over = new Set(['canceled', 'incomplete_expired'])
const live = new Set(['active', 'trialing', 'past_due'])

/** Not over: it can be paid, changed or cancelled still. */
export function isGoingOn({ status }: SubscriptionState): boolean {
  return !over.has(status)
}

/** Nothing of it is owed. */
export function isPaidFor({ status }: SubscriptionState): boolean {
  return status === 'active' || status === 'trialing'
}

const undecided = new Set(['needs_response', 'under_review'])

export function hasOpenDispute({ disputes }: Known): boolean {
  return disputes.some(({ status }) => undecided.has(status))
}

/**
 * Subscriptions whose money went back: the last payment was refunded in full, or a payment from before was lost to its
 * bank. They are to be ended.
 */
export function unpaidFor(state: Known): SubscriptionState[] {
  const lost = state.disputes.filter(({ status }) => status === 'lost')
  return state.subscriptions.filter(
    (one) => isGoingOn(one) && (one.isRefunded || lost.some(({ createdAt }) => one.createdAt <= createdAt)),
  )
}

function rank({ status, plan }: SubscriptionState): number {
  const known = tierNameSchema.safeParse(plan?.tier)
  const tier = known.success ? tierOrder.indexOf(known.data) : 0
  return live.has(status) ? 100 + tier : over.has(status) ? 0 : 50 + tier
}

/** Undefined when it is no plan of ours. */
function mirrorOf(one: SubscriptionState, isDisputed: boolean): Mirror | undefined {
  const tier = tierNameSchema.safeParse(one.plan?.tier)
  if (!one.plan || !tier.success) return undefined
  const next = tierNameSchema.safeParse(one.next?.tier)
  return {
    subscriptionId: one.id,
    tier: tier.data,
    interval: one.plan.interval,
    status: one.status,
    period: { start: one.periodStart, end: one.periodEnd },
    anchor: one.anchor,
    cancelAt: one.cancelAt,
    trialEndsAt: one.trialEndsAt,
    pastDueSince: one.status === 'past_due' ? (one.latestInvoice?.createdAt ?? one.periodStart) : null,
    isDisputed,
    next: one.next && next.success ? { tier: next.data, interval: one.next.interval, at: one.next.at } : null,
  }
}

export interface Chosen {
  mirror: Mirror | undefined
  subscription: SubscriptionState | undefined
  /** More than one gives something: the operator is to look into it. */
  isDouble: boolean
}

/** The one subscription that counts: one that gives something before one that does not, then the larger, then the older. */
export function chooseSubscription(state: Known): Chosen {
  const ours = state.subscriptions.filter(({ plan }) => tierNameSchema.safeParse(plan?.tier).success)
  const [best] = ours.toSorted((a, b) => rank(b) - rank(a) || a.createdAt.getTime() - b.createdAt.getTime())
  return {
    mirror: best && mirrorOf(best, hasOpenDispute(state)),
    subscription: best,
    isDouble: ours.filter(({ status }) => live.has(status)).length > 1,
  }
}
