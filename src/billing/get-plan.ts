import type { Context } from '../context.ts'
import { after } from '../core/clock.ts'
import type { Offer, Plan } from './contract.ts'
import { findAccount } from './find-standing.ts'
import { GRACE_MS, type Mirror, paidUntil } from './standing.ts'
import { CURRENCY, tierOrder, tiers } from './tiers.ts'

const offers: Offer[] = tierOrder.map((tier) => {
  const { prices, ...facts } = tiers[tier]
  return {
    ...facts,
    tier,
    prices: prices && { month: prices.month.amountCents, year: prices.year.amountCents },
  }
})

const goingOn = new Set(['active', 'trialing', 'past_due', 'unpaid', 'paused', 'incomplete'])

const unpaid = new Set(['past_due', 'unpaid', 'paused', 'incomplete'])

/** Whether a payment is all that is missing; a disputed one waits for its bank instead. */
function awaitsPayment(mirror: Mirror, now: Date): boolean {
  const until = paidUntil(mirror)
  return unpaid.has(mirror.status) && !mirror.isDisputed && (until === null || now >= until)
}

/** What is planned still: what has come already is the plan that holds. */
function nextOf(mirror: Mirror, now: Date): Plan['next'] {
  const { next, cancelAt } = mirror
  return next && !cancelAt && next.at > now ? { ...next, at: next.at.toISOString() } : null
}

/** The plan that holds, what will become of it, and what else there is. */
export async function getPlan(ctx: Context, userId: string): Promise<Plan> {
  const now = ctx.clock.now()
  const { standing, mirror } = await findAccount(ctx.db, userId, now)
  const isPaid = standing.interval !== null
  const isPastDue = mirror?.status === 'past_due'
  const since = mirror?.pastDueSince
  return {
    canBeBought: ctx.stripe !== null,
    currency: CURRENCY,
    offers,
    tier: standing.tier,
    interval: standing.interval,
    isTrial: isPaid && mirror?.status === 'trialing',
    renewsAt:
      isPaid && mirror && !standing.endsAt && now < mirror.period.end
        ? mirror.period.end.toISOString()
        : null,
    endsAt: standing.endsAt?.toISOString() ?? null,
    paymentFailed: isPastDue && since ? { keptUntil: after(since, GRACE_MS).toISOString() } : null,
    isDisputed: mirror?.isDisputed ?? false,
    next: isPaid && mirror ? nextOf(mirror, now) : null,
    hasSubscription: mirror !== undefined && goingOn.has(mirror.status),
    awaitsPayment: mirror !== undefined && awaitsPayment(mirror, now),
  }
}
