import type { Context } from '../context.ts'
import { after, DAY_MS, HOUR_MS, MINUTE_MS } from '../core/clock.ts'
import { StripeBusyError, type StripeGateway } from '../platform/stripe/stripe.ts'
import { ensureCustomer } from './ensure-customer.ts'
import {
  giveUpMeterEvents,
  listUnsentMeterEvents,
  markMeterEventSent,
  markMeterEventTried,
} from './queries.ts'

/** Stripe forgets an identifier after 24 hours: what was tried longer ago must not be sent again blindly. */
const BLIND_RESEND_LIMIT_MS = 23 * HOUR_MS
/** Stripe takes nothing older than 35 days; the hour is for clocks that differ. */
export const OLDEST_EVENT_MS = 35 * DAY_MS - HOUR_MS
/** Nor anything more than five minutes ahead: what a clock set back left in the future waits. */
const LATEST_EVENT_MS = 4 * MINUTE_MS
const BATCH = 200
const FAILURES_IN_A_ROW = 3
/** The next run comes a minute later. */
const LONGEST_RUN_MS = 45_000

type UnsentEvent = Awaited<ReturnType<typeof listUnsentMeterEvents>>[number]

/** The name Stripe counts it under: a new one for each time it is sent again after Stripe forgot it. */
export function sentIdentifier({ identifier, resends }: { identifier: string; resends: number }): string {
  return resends === 0 ? identifier : `${identifier}:again${resends}`
}

async function reportOne(ctx: Context, stripe: StripeGateway, event: UnsentEvent): Promise<void> {
  const { identifier } = event
  const customerId = await ensureCustomer(ctx, stripe, event.user_id)
  // Only from here on may Stripe have counted it.
  await markMeterEventTried(ctx.db, identifier, ctx.clock.now())
  const isCounted = await stripe.reportUsage({
    identifier: sentIdentifier(event),
    eventName: event.event_name,
    customerId,
    happenedAt: event.happened_at,
    value: 1,
  })
  if (isCounted) await markMeterEventSent(ctx.db, identifier, ctx.clock.now())
  else ctx.log.error('meter-event-refused', { eventType: event.event_name })
}

/** @returns whether there may be more that can be sent now */
async function reportBatch(ctx: Context, stripe: StripeGateway, failures: unknown[]): Promise<boolean> {
  const now = ctx.clock.now()
  const times = {
    triedSince: after(now, -BLIND_RESEND_LIMIT_MS),
    oldest: after(now, -OLDEST_EVENT_MS),
    latest: after(now, LATEST_EVENT_MS),
  }
  const events = await listUnsentMeterEvents(ctx.db, times, BATCH)
  let failedInARow = 0
  for (const event of events) {
    try {
      await reportOne(ctx, stripe, event)
      failedInARow = 0
    } catch (error) {
      failures.push(error)
      failedInARow += 1
      // It asked for fewer calls, or cannot be reached: the rest waits for the next run.
      if (error instanceof StripeBusyError || failedInARow === FAILURES_IN_A_ROW) return false
    }
  }
  return events.length === BATCH && failures.length === 0
}

/**
 * Every unit of the outbox that Stripe takes has been counted there once; the rest waits for the next run. One that
 * fails does not hold up the others; several in a row mean that Stripe cannot be reached.
 * @throws the last failure
 */
export async function reportUsage(ctx: Context): Promise<void> {
  const { stripe } = ctx
  if (!stripe) return
  const now = ctx.clock.now()
  const givenUp = await giveUpMeterEvents(ctx.db, after(now, -OLDEST_EVENT_MS), now)
  if (givenUp > 0) ctx.log.error('meter-events-too-old', { count: givenUp })
  const failures: unknown[] = []
  const deadline = Date.now() + LONGEST_RUN_MS
  while (await reportBatch(ctx, stripe, failures)) if (Date.now() > deadline) break
  if (failures.length > 0) throw failures.at(-1)
}
