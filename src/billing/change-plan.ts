import type { Context } from '../context.ts'
import { after, MINUTE_MS } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import { StripeNotSetUp } from '../platform/stripe/hosted-pages.ts'
import { type CustomerState, isStripeDown, type StripeGateway } from '../platform/stripe/stripe.ts'
import { chooseSubscription, hasOpenDispute, isGoingOn, isPaidFor } from './choose-subscription.ts'
import type { BillingInterval, TierName } from './contract.ts'
import { ensureCustomer } from './ensure-customer.ts'
import { stripeOf } from './receive-stripe-event.ts'
import { releaseCheckout, takeCheckout } from './subscription-queries.ts'
import { syncCustomer } from './sync-customer.ts'
import { tiers } from './tiers.ts'

export interface PlanChange {
  tier: TierName
  interval: BillingInterval
}

/** Longer than all calls to Stripe of one change may take together. */
const BUSY_MS = 3 * MINUTE_MS

type Known = Extract<CustomerState, { isDeleted: false }>

const conflict = (code: string, message: string) => new AppError('conflict', code, message)

function notSetUp(ctx: Context, cause: StripeNotSetUp): AppError {
  ctx.log.error('stripe-not-set-up', { error: cause })
  return new AppError(
    'unavailable',
    'billing/not-set-up',
    'Plans cannot be bought or changed here yet: our payment service is not set up. Nothing was charged. Try again tomorrow, or write to us.',
    { retryAfterSeconds: 3600, cause },
  )
}

/** Stripe's being out of reach is nobody's fault here, and passes. */
async function reached<Result>(ctx: Context, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof StripeNotSetUp) throw notSetUp(ctx, cause)
    if (!isStripeDown(cause)) throw cause
    ctx.log.warn('stripe-unreachable', { error: cause })
    throw new AppError(
      'unavailable',
      'billing/stripe-unreachable',
      'Our payment service cannot be reached right now. Nothing was changed and nothing was charged; try again in a few minutes.',
      { retryAfterSeconds: 120, cause },
    )
  }
}

/** The customer as it is; made anew when it was deleted at Stripe. */
async function readOrRemake(
  ctx: Context,
  stripe: StripeGateway,
  userId: string,
): Promise<{ customerId: string; state: Known }> {
  for (let tries = 0; tries < 2; tries += 1) {
    const customerId = await ensureCustomer(ctx, stripe, userId)
    const state = await stripe.readCustomer(customerId, ctx.clock.now())
    if (!state.isDeleted) return { customerId, state }
    await syncCustomer(ctx, stripe, customerId)
  }
  throw conflict(
    'billing/customer-gone',
    'Your account at our payment service is being deleted. Try again in ten minutes.',
  )
}

async function openCheckout(
  ctx: Context,
  stripe: StripeGateway,
  userId: string,
  change: PlanChange,
): Promise<string> {
  const price = tiers[change.tier].prices?.[change.interval]
  if (!price) throw conflict('billing/already-there', 'You are on the free plan already.')
  const { customerId } = await readOrRemake(ctx, stripe, userId)
  await stripe.expireCheckouts(customerId)
  // Read after nothing can be paid any more that was opened before: a second subscription cannot come about.
  const state = await stripe.readCustomer(customerId, ctx.clock.now())
  if (state.isDeleted || state.subscriptions.some(isGoingOn))
    throw conflict('billing/plan-changed-meanwhile', 'Your plan has just changed. Load this page again.')
  if (hasOpenDispute(state))
    throw conflict(
      'billing/payment-disputed',
      'A payment of yours is disputed at your bank. A new plan can be bought once that is settled.',
    )
  return stripe.openCheckout({
    customerId,
    userId,
    lookupKey: price.lookupKey,
    trialDays: state.subscriptions.length === 0 ? tiers[change.tier].trialDays : 0,
    returnUrl: `${ctx.config.baseUrl}/plan`,
  })
}

/** At Stripe's, where the change is confirmed and, if it costs more, paid. */
async function openChange(
  ctx: Context,
  stripe: StripeGateway,
  { customerId, state }: { customerId: string; state: Known },
  change: PlanChange,
): Promise<string> {
  const { subscription } = chooseSubscription(state)
  const returnUrl = `${ctx.config.baseUrl}/plan`
  if (!subscription) return stripe.openPortal(customerId, { kind: 'home' }, returnUrl)
  const price = tiers[change.tier].prices?.[change.interval]
  const isSame = subscription.plan?.tier === change.tier && subscription.plan.interval === change.interval
  if (isSame && !isPaidFor(subscription))
    throw conflict(
      'billing/payment-open',
      'That is your plan, and its invoice is open. Pay the invoice, and the plan holds.',
    )
  if (isSame) throw conflict('billing/already-there', 'That is the plan you have.')
  // Stripe changes nothing that is planned to change already, and nothing planned is given up before a new choice is
  // confirmed.
  if (subscription.scheduleId)
    throw conflict(
      'billing/change-planned',
      'A change is planned already. Keep your plan first, then choose again.',
    )
  const { id: subscriptionId, itemId } = subscription
  return stripe.openPortal(
    customerId,
    price
      ? { kind: 'change', subscriptionId, itemId, lookupKey: price.lookupKey }
      : { kind: 'cancel', subscriptionId },
    returnUrl,
  )
}

/**
 * The address of a page at Stripe's where this change is made. Nothing has changed yet: that is told by Stripe.
 * @throws AppError conflict, or unavailable when Stripe cannot be reached
 */
export async function changePlan(ctx: Context, userId: string, change: PlanChange): Promise<string> {
  const stripe = stripeOf(ctx)
  const now = ctx.clock.now()
  if (!(await takeCheckout(ctx.db, userId, now, after(now, BUSY_MS))))
    throw conflict(
      'billing/change-running',
      'Your plan is being changed in another window. Go on there, or try again in a few minutes.',
    )
  try {
    return await reached(ctx, async () => {
      const known = await readOrRemake(ctx, stripe, userId)
      if (known.state.subscriptions.some(isGoingOn)) return openChange(ctx, stripe, known, change)
      return openCheckout(ctx, stripe, userId, change)
    })
  } finally {
    await releaseCheckout(ctx.db, userId)
  }
}

/** Invoices, cards and cancelling, at Stripe's. @throws AppError conflict when there is nothing there */
export async function openPortal(ctx: Context, userId: string): Promise<string> {
  const stripe = stripeOf(ctx)
  return reached(ctx, async () => {
    const { customerId } = await readOrRemake(ctx, stripe, userId)
    return stripe.openPortal(customerId, { kind: 'home' }, `${ctx.config.baseUrl}/plan`)
  })
}

/** What was to end or change at the end of the period does not: the plan goes on. */
export async function keepPlan(ctx: Context, userId: string): Promise<void> {
  const stripe = stripeOf(ctx)
  await reached(ctx, async () => {
    const { customerId, state } = await readOrRemake(ctx, stripe, userId)
    const { subscription } = chooseSubscription(state)
    if (!subscription || !isGoingOn(subscription))
      throw conflict('billing/no-plan', 'There is no plan to keep. Choose one.')
    await stripe.keepSubscription(subscription.id, subscription.scheduleId)
    await syncCustomer(ctx, stripe, customerId)
  })
}
