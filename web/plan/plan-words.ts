import type { BillingInterval, Offer, Plan } from '../../src/billing/contract.ts'
import { formatDate } from '../ui/format.ts'

/** 900 → "€9", 950 → "€9.50". */
export function formatPrice(cents: number, currency: string): string {
  const decimals = cents % 100 === 0 ? 0 : 2
  return new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(cents / 100)
}

export function priceWords(offer: Offer, interval: BillingInterval, currency: string): string {
  return offer.prices === null
    ? 'Costs nothing'
    : `${formatPrice(offer.prices[interval], currency)} a ${interval}`
}

export function titleOf(plan: Plan, tier: string): string {
  return plan.offers.find((offer) => offer.tier === tier)?.title ?? tier
}

/** Whether what was bought holds now: a subscription alone, not paid yet or any more, gives nothing. */
export function holdsPaid(plan: Plan): boolean {
  return plan.hasSubscription && plan.tier !== 'free' && !plan.awaitsPayment && !plan.isDisputed
}

/** Why no other plan can be chosen now, and what comes first; undefined when one can. */
export function whatComesFirst(plan: Plan): string | undefined {
  if (plan.awaitsPayment) return 'Pay the open invoice first; then you can change your plan.'
  if (plan.isDisputed) return 'Once your bank has settled the dispute you can change your plan.'
  if (plan.next)
    return `A change is planned already. Keep ${titleOf(plan, plan.tier)} first, then choose again.`
  return undefined
}

/** What will become of the plan that holds, in one sentence; undefined when it just goes on without being paid. */
export function outlook(plan: Plan): string | undefined {
  const { next, endsAt, renewsAt, isTrial, interval } = plan
  if (next)
    return `On ${formatDate(next.at)} it changes to ${titleOf(plan, next.tier)}, paid by the ${next.interval}. Until then nothing changes.`
  if (endsAt && plan.paymentFailed === null)
    return `It ends on ${formatDate(endsAt)}; from then on the Free plan holds. Nothing you made is deleted by that.`
  if (isTrial && renewsAt)
    return `Your trial lasts until ${formatDate(renewsAt)}; then the first payment is taken.`
  return renewsAt && interval ? `It renews on ${formatDate(renewsAt)}, paid by the ${interval}.` : undefined
}

function isSmaller(plan: Plan, offer: Offer, interval: BillingInterval): boolean {
  const rank = (tier: string) => plan.offers.findIndex((one) => one.tier === tier)
  if (rank(offer.tier) !== rank(plan.tier)) return rank(offer.tier) < rank(plan.tier)
  return plan.interval === 'year' && interval === 'month'
}

/** What choosing this does, said before anybody leaves for Stripe's page. */
export function consequence(plan: Plan, offer: Offer, interval: BillingInterval): string {
  const until = plan.renewsAt ?? plan.endsAt
  if (isSmaller(plan, offer, interval)) {
    const when = until === null ? 'At the end of what is paid' : `On ${formatDate(until)}`
    const counts = `${offer.analysesPerMonth} analyses and ${offer.messagesPerMonth} messages a month`
    return `${when}. Until then you keep ${titleOf(plan, plan.tier)} as it is; then ${counts}. Nothing you made is deleted by that.`
  }
  if (plan.hasSubscription)
    return 'At once. You pay the difference for the rest of the period; what you used stays counted.'
  return offer.trialDays > 0
    ? `At once. The first ${offer.trialDays} days are free if this is your first plan.`
    : 'At once.'
}
