import { writeLetter } from '../accounts/write-letter.ts'
import type { Context } from '../context.ts'
import { after, DAY_MS } from '../core/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { CustomerState, StripeGateway } from '../platform/stripe/stripe.ts'
import { type Chosen, chooseSubscription, unpaidFor } from './choose-subscription.ts'
import { findAccount } from './find-standing.ts'
import { holdAccount } from './hold-account.ts'
import { createSingleFlight } from './single-flight.ts'
import { GRACE_MS, type Mirror } from './standing.ts'
import { applyReading, drawReading, findAccountOfCustomer, unlinkCustomer } from './subscription-queries.ts'
import { tiers } from './tiers.ts'

interface Reading {
  number: number
  readAt: Date
  state: CustomerState
}

const readOnce = createSingleFlight<Reading>()

const TRIAL_NOTICE_MS = 3 * DAY_MS
const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** Reads until nothing is left that has to end because its money went back. */
async function readSettled(ctx: Context, stripe: StripeGateway, customerId: string): Promise<CustomerState> {
  const state = await stripe.readCustomer(customerId, ctx.clock.now())
  if (state.isDeleted) return state
  const unpaid = unpaidFor(state)
  if (unpaid.length === 0) return state
  for (const { id } of unpaid) await stripe.endSubscription(id)
  ctx.log.warn('subscription-ended-without-payment', { count: unpaid.length })
  return stripe.readCustomer(customerId, ctx.clock.now())
}

async function read(
  ctx: Context,
  stripe: StripeGateway,
  userId: string,
  customerId: string,
): Promise<Reading> {
  // The number first: whatever happened before this line is in what is read after it.
  const number = await drawReading(ctx.db, userId)
  const readAt = ctx.clock.now()
  return { number, readAt, state: await readSettled(ctx, stripe, customerId) }
}

const endedStatuses = new Set(['canceled', 'unpaid', 'incomplete_expired'])

/** What a person is to be told by letter; each cause has one letter, however often it is seen. */
async function tell(ctx: Context, tx: Tx, userId: string, before: Mirror | undefined, chosen: Chosen) {
  const { mirror, subscription } = chosen
  if (!mirror || !subscription) return
  const { title } = tiers[mirror.tier]
  if (mirror.status === 'past_due' && mirror.pastDueSince && subscription.latestInvoice)
    await writeLetter(ctx, tx, {
      kind: 'payment-failed',
      userId,
      detail: `${title} until ${dayFormat.format(after(mirror.pastDueSince, GRACE_MS))}`,
      cause: `payment-failed:${subscription.latestInvoice.id}`,
    })
  const trialEnd = mirror.status === 'trialing' && !mirror.cancelAt ? mirror.trialEndsAt : null
  if (trialEnd && trialEnd.getTime() - ctx.clock.now().getTime() <= TRIAL_NOTICE_MS)
    await writeLetter(ctx, tx, {
      kind: 'trial-ending',
      userId,
      detail: `${title} ends on ${dayFormat.format(trialEnd)}`,
      cause: `trial-ending:${mirror.subscriptionId}:${trialEnd.toISOString()}`,
    })
  const wasHeld = before?.subscriptionId === mirror.subscriptionId && !endedStatuses.has(before.status)
  if (wasHeld && endedStatuses.has(mirror.status))
    await writeLetter(ctx, tx, {
      kind: 'plan-ended',
      userId,
      detail: title,
      cause: `plan-ended:${mirror.subscriptionId}`,
    })
}

async function apply(ctx: Context, tx: Tx, userId: string, customerId: string, reading: Reading) {
  const { state, number, readAt } = reading
  if (state.isDeleted) {
    await applyReading(tx, userId, { number, readAt, mirror: undefined })
    return unlinkCustomer(tx, userId, customerId)
  }
  const chosen = chooseSubscription(state)
  const { mirror: before } = await findAccount(tx, userId, readAt)
  if (!(await applyReading(tx, userId, { number, readAt, mirror: chosen.mirror }))) return
  await tell(ctx, tx, userId, before, chosen)
  if (chosen.isDouble) ctx.log.error('two-subscriptions', { count: state.subscriptions.length })
}

/**
 * What Stripe has now of this customer holds here; `alsoWrite` is part of the same transaction. However many ask at
 * once, in whichever order: what was read later wins. A customer of nobody's changes nothing.
 */
export async function syncCustomer(
  ctx: Context,
  stripe: StripeGateway,
  customerId: string,
  alsoWrite: (tx: Tx) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const account = await findAccountOfCustomer(ctx.db, customerId)
  const reading = account && (await readOnce(customerId, () => read(ctx, stripe, account.id, customerId)))
  await ctx.db.transaction().execute(async (tx) => {
    // Deleted meanwhile: there is nobody to tell and nothing to write.
    if (account) await holdAccount(tx, account.id)
    const isThere = account && (await findAccountOfCustomer(tx, customerId))?.id === account.id
    if (isThere && reading) await apply(ctx, tx, account.id, customerId, reading)
    await alsoWrite(tx)
  })
}
