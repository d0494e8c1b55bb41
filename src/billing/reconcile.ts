import type { Context } from '../context.ts'
import { after, DAY_MS, HOUR_MS, MINUTE_MS } from '../core/clock.ts'
import type { StripeGateway } from '../platform/stripe/stripe.ts'
import { getBillingUser } from './get-billing-user.ts'
import { hintTypes } from './hint-types.ts'
import {
  countSent,
  countUnsent,
  listDoubtfulMeterEvents,
  listSentByCustomer,
  markMeterEventSent,
  resendMeterEvent,
} from './queries.ts'
import { takeHint } from './receive-stripe-event.ts'
import { listLinkedCustomers } from './subscription-queries.ts'
import { syncCustomer } from './sync-customer.ts'

/** Past the time for which Stripe knows an identifier, with an hour to spare. */
const FORGOTTEN_AFTER_MS = 25 * HOUR_MS
/** Stripe tries to deliver for three days; older events than that come no more by themselves. */
const EVENTS_SINCE_MS = 4 * DAY_MS
/** Stripe counts with a delay: younger numbers are not compared. */
const COUNTED_AFTER_MS = 2 * HOUR_MS
const DAYS_COMPARED = 3

export interface Reconciliation {
  customersRead: number
  /** Events that had never arrived. */
  eventsFound: number
  /** Units that had been counted although the answer was lost. */
  foundCounted: number
  /** Units that had not, and are sent again. */
  sentAgain: number
  /** Units that Stripe lost after taking them, counted again. */
  corrected: number
  /** Units that Stripe counted beyond what was used here: nothing undoes them by itself. */
  overcounted: number
  waiting: number
  givenUp: number
}

type Doubtful = Awaited<ReturnType<typeof listDoubtfulMeterEvents>>[number]

const minuteOf = (time: Date) => new Date(Math.floor(time.getTime() / MINUTE_MS) * MINUTE_MS)

function groupByMinute(events: Doubtful[]): Doubtful[][] {
  const groups = Object.groupBy(
    events,
    (event) => `${event.user_id} ${event.event_name} ${minuteOf(event.happened_at).toISOString()}`,
  )
  return Object.values(groups).flatMap((group) => (group ? [group] : []))
}

/** Of units whose answer was lost, Stripe's own count of their minute tells how many it has. */
async function settleDoubtful(ctx: Context, stripe: StripeGateway, found: Reconciliation): Promise<void> {
  const triedBefore = after(ctx.clock.now(), -FORGOTTEN_AFTER_MS)
  const groups = groupByMinute(await listDoubtfulMeterEvents(ctx.db, triedBefore))
  if (groups.length === 0) return
  const meters = await stripe.listMeters()
  for (const group of groups) {
    const [first] = group
    const meterId = first && meters.get(first.event_name)
    const customerId = first && (await getBillingUser(ctx.db, first.user_id)).stripe_customer_id
    if (!first || !meterId || !customerId) continue
    const start = minuteOf(first.happened_at)
    const range = { start, end: after(start, MINUTE_MS) }
    const known = await countSent(ctx.db, { userId: first.user_id, eventName: first.event_name, ...range })
    const counted = Math.max(0, (await stripe.countedUsage(meterId, customerId, range)) - known)
    for (const [index, { identifier }] of group.entries()) {
      if (index < counted) await markMeterEventSent(ctx.db, identifier, ctx.clock.now())
      else await resendMeterEvent(ctx.db, identifier)
    }
    found.foundCounted += Math.min(counted, group.length)
    found.sentAgain += Math.max(0, group.length - counted)
  }
}

/** One day, counted here and there: what Stripe lost after taking it is counted again, once. */
async function compareDay(
  ctx: Context,
  stripe: StripeGateway,
  meters: Map<string, string>,
  range: { start: Date; end: Date },
  found: Reconciliation,
): Promise<void> {
  for (const row of await listSentByCustomer(ctx.db, range.start, range.end)) {
    const meterId = meters.get(row.event_name)
    const { stripe_customer_id: customerId } = row
    const sent = Number(row.sent)
    // Stripe counts with a delay, and days that were sent late are counted late.
    const isCounted = row.last_sent_at && after(row.last_sent_at, COUNTED_AFTER_MS) <= ctx.clock.now()
    if (!meterId || !customerId || !isCounted) continue
    const counted = await stripe.countedUsage(meterId, customerId, range)
    if (counted > sent) found.overcounted += counted - sent
    if (counted >= sent) continue
    const day = range.start.toISOString().slice(0, 10)
    const isTaken = await stripe.reportUsage({
      // The same difference found twice is made good once.
      identifier: `fix:${row.user_id}:${row.event_name}:${day}:${counted}-${sent}`,
      eventName: row.event_name,
      customerId,
      happenedAt: range.start,
      value: sent - counted,
    })
    if (isTaken) found.corrected += sent - counted
  }
}

async function compareUsage(ctx: Context, stripe: StripeGateway, found: Reconciliation): Promise<void> {
  const meters = await stripe.listMeters()
  const today = new Date(Math.floor(ctx.clock.now().getTime() / DAY_MS) * DAY_MS)
  for (let daysAgo = DAYS_COMPARED; daysAgo >= 1; daysAgo -= 1) {
    const range = { start: after(today, -daysAgo * DAY_MS), end: after(today, -(daysAgo - 1) * DAY_MS) }
    if (after(range.end, COUNTED_AFTER_MS) <= ctx.clock.now())
      await compareDay(ctx, stripe, meters, range, found)
  }
}

async function readMissedEvents(ctx: Context, stripe: StripeGateway, found: Reconciliation): Promise<void> {
  const since = after(ctx.clock.now(), -EVENTS_SINCE_MS)
  for (const event of await stripe.listEvents(since, hintTypes))
    if (await takeHint(ctx, stripe, event)) found.eventsFound += 1
}

async function readCustomers(ctx: Context, stripe: StripeGateway, found: Reconciliation): Promise<void> {
  const ids = new Set([...(await listLinkedCustomers(ctx.db)), ...(await stripe.listSubscribers())])
  for (const id of ids) await syncCustomer(ctx, stripe, id)
  found.customersRead = ids.size
}

/**
 * What is held here is what Stripe has: every subscription read again, every missed event taken, every unit counted
 * once. What cannot be repaired by itself is in the report and in the log.
 * @throws whatever kept Stripe out of reach
 */
export async function reconcileBilling(ctx: Context): Promise<Reconciliation | undefined> {
  const { stripe } = ctx
  if (!stripe) return undefined
  const found: Reconciliation = {
    customersRead: 0,
    eventsFound: 0,
    foundCounted: 0,
    sentAgain: 0,
    corrected: 0,
    overcounted: 0,
    waiting: 0,
    givenUp: 0,
  }
  await readMissedEvents(ctx, stripe, found)
  await readCustomers(ctx, stripe, found)
  await settleDoubtful(ctx, stripe, found)
  await compareUsage(ctx, stripe, found)
  Object.assign(found, await countUnsent(ctx.db))
  const isClean = found.eventsFound + found.corrected + found.overcounted + found.givenUp === 0
  ctx.log[isClean ? 'info' : 'error']('billing-reconciled', { count: found.customersRead })
  if (found.eventsFound > 0) ctx.log.warn('stripe-events-missed', { count: found.eventsFound })
  if (found.corrected > 0) ctx.log.warn('usage-corrected', { count: found.corrected })
  if (found.overcounted > 0) ctx.log.error('usage-overcounted', { count: found.overcounted })
  return found
}
