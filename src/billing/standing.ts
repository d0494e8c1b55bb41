import { after, DAY_MS } from '../core/clock.ts'
import type { BillingInterval, TierName } from './contract.ts'
import { isAbove } from './tiers.ts'
import { monthOf, monthWithin, nextPeriod, type UsagePeriod } from './usage-period.ts'

/** Whoever's card was declined keeps the plan for this long. */
export const GRACE_MS = 7 * DAY_MS

/** A renewal that Stripe could not tell us of is believed for this long. */
export const LATE_NEWS_MS = 3 * DAY_MS

/** What Stripe said last about a subscription. */
export interface Mirror {
  subscriptionId: string
  tier: TierName
  interval: BillingInterval
  status: string
  period: UsagePeriod
  anchor: Date
  cancelAt: Date | null
  trialEndsAt: Date | null
  pastDueSince: Date | null
  isDisputed: boolean
  next: { tier: TierName; interval: BillingInterval; at: Date } | null
}

/** What an account may do now, and in which period that is counted. */
export interface Standing {
  tier: TierName
  /** Set when the tier is paid for. */
  interval: BillingInterval | null
  period: UsagePeriod
  /** When the paid tier ends, as far as is known; null while it renews. */
  endsAt: Date | null
}

/** Until when this subscription gives what it promises, or null when it gives nothing. */
export function paidUntil(mirror: Mirror): Date | null {
  if (mirror.isDisputed) return null
  const endOf = (known: Date) => (mirror.cancelAt && mirror.cancelAt < known ? mirror.cancelAt : known)
  if (mirror.status === 'active' || mirror.status === 'trialing')
    return endOf(after(mirror.period.end, LATE_NEWS_MS))
  if (mirror.status === 'past_due') return endOf(after(mirror.pastDueSince ?? mirror.period.start, GRACE_MS))
  return null
}

/** The plan that holds now: a change that was to come at the period's end has come, told or not. */
function planAt(mirror: Mirror, now: Date): { tier: TierName; interval: BillingInterval } {
  const { next, tier, interval } = mirror
  return next && now >= next.at ? next : { tier, interval }
}

function countedPeriod(mirror: Mirror, now: Date): UsagePeriod {
  const { period, anchor } = mirror
  const { interval } = planAt(mirror, now)
  if (now < period.end) return mirror.interval === 'year' ? monthWithin(period, anchor, now) : { ...period }
  const isReanchored = interval !== mirror.interval
  const following = nextPeriod(isReanchored ? period.end : anchor, period.end, interval)
  return interval === 'year' ? monthWithin(following, anchor, now) : following
}

/**
 * What holds at `now` for an account with this tier granted by the operator and this subscription, if any.
 * The larger of both counts; what is not paid for is counted by the calendar month.
 */
export function standingOf(granted: TierName, mirror: Mirror | undefined, now: Date): Standing {
  const free: Standing = { tier: granted, interval: null, period: monthOf(now), endsAt: null }
  const until = mirror && paidUntil(mirror)
  if (!mirror || !until || now >= until) return free
  const { tier, interval } = planAt(mirror, now)
  if (!isAbove(tier, granted)) return free
  const endsAt = mirror.status === 'past_due' ? until : mirror.cancelAt
  return { tier, interval, period: countedPeriod(mirror, now), endsAt }
}
