import type { StripeWorld, Subscription } from '../support/stripe-world.ts'

/** What an account may expect, told from what truly happened at Stripe and from nothing the service keeps. */
export interface Expected {
  tier: string
  /** Analyses per month. */
  cap: number
  /** Seconds. */
  periodEnd: number
}

const DAY = 86_400
const caps: Record<string, number> = { free: 5, pro: 60, studio: 300 }

/** Written a second time, from the rules: the day of the anchor, or the last of a month that has no such day. */
function sameDayInMonth(anchor: Date, year: number, month: number): number {
  const firstOfNext = Date.UTC(year, month + 1, 1)
  const daysInMonth = new Date(firstOfNext - 1).getUTCDate()
  const day = anchor.getUTCDate() <= daysInMonth ? anchor.getUTCDate() : daysInMonth
  const [h, m, s] = [anchor.getUTCHours(), anchor.getUTCMinutes(), anchor.getUTCSeconds()]
  return Date.UTC(year, month, day, h, m, s) / 1000
}

/** The first of the anchor's days that lies after `now`, but not after the end of what is paid. */
function endOfMonth(one: Subscription, now: number): number {
  const anchor = new Date(one.anchor * 1000)
  const at = new Date(now * 1000)
  for (let ahead = -1; ; ahead += 1) {
    const end = sameDayInMonth(anchor, at.getUTCFullYear(), at.getUTCMonth() + ahead)
    if (end > now) return Math.min(end, one.end)
  }
}

function gives(world: StripeWorld, one: Subscription, now: number): boolean {
  const charges = new Set(world.chargesOf(one.customer).map(({ id }) => id))
  const isHeld = [...world.disputes.values()].some(
    ({ charge, status }) => charges.has(charge) && status === 'needs_response',
  )
  if (isHeld || world.customers.get(one.customer)?.deleted) return false
  if (one.status === 'active' || one.status === 'trialing') return true
  return one.status === 'past_due' && one.invoice !== null && now < one.invoice.created + 7 * DAY
}

/** The rules in short: the subscription that gives something decides; without one, the free plan by the calendar. */
export function expectedOf(world: StripeWorld, customers: string[]): Expected {
  const now = world.now
  const one = customers.flatMap((id) => world.subscriptionsOf(id)).find((each) => gives(world, each, now))
  if (!one) {
    const at = new Date(now * 1000)
    return { tier: 'free', cap: 5, periodEnd: Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1) / 1000 }
  }
  const price = world.price(one.price)
  const tier = price.metadata.tracksensei_tier ?? ''
  const periodEnd = price.interval === 'year' && one.status !== 'trialing' ? endOfMonth(one, now) : one.end
  return { tier, cap: caps[tier] ?? 0, periodEnd }
}

/** Money that went back ends what it paid for: done here by the rule, before the service does it. */
export function endUnpaid(world: StripeWorld): void {
  for (const one of world.subscriptions.values()) {
    if (one.status === 'canceled') continue
    const charges = world.chargesOf(one.customer)
    const isRefunded = charges.some(
      ({ refunded, payment_intent }) => refunded && payment_intent === one.invoice?.payment_intent,
    )
    const lost = [...world.disputes.values()].filter(
      ({ status, charge }) => status === 'lost' && charges.some(({ id }) => id === charge),
    )
    if (isRefunded || lost.some(({ created }) => created >= one.created)) one.status = 'canceled'
  }
}
