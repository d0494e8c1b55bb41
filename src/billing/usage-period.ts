import type { BillingInterval } from './contract.ts'

export interface UsagePeriod {
  start: Date
  end: Date
}

/** The calendar month in UTC that holds `now`. */
export function monthOf(now: Date): UsagePeriod {
  const year = now.getUTCFullYear()
  const month = now.getUTCMonth()
  return { start: new Date(Date.UTC(year, month, 1)), end: new Date(Date.UTC(year, month + 1, 1)) }
}

/** The same day and time `count` months later (or earlier); where that month is shorter, its last day. */
export function addMonths(anchor: Date, count: number): Date {
  const moved = new Date(anchor)
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + count)
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()
  moved.setUTCDate(Math.min(anchor.getUTCDate(), lastDay))
  return moved
}

/** The largest number of months that, added to the anchor, does not lie after `now`. */
function monthsUntil(anchor: Date, now: Date): number {
  const calendar =
    (now.getUTCFullYear() - anchor.getUTCFullYear()) * 12 + now.getUTCMonth() - anchor.getUTCMonth()
  return addMonths(anchor, calendar) > now ? calendar - 1 : calendar
}

const monthsOf: Record<BillingInterval, number> = { month: 1, year: 12 }

/** The period that follows one which ends at `end`, counted in whole months from the anchor. */
export function nextPeriod(anchor: Date, end: Date, interval: BillingInterval): UsagePeriod {
  return { start: end, end: addMonths(anchor, monthsUntil(anchor, end) + monthsOf[interval]) }
}

/** The month counted from the anchor that holds `now`, cut to the paid period: a year has twelve of them. */
export function monthWithin(period: UsagePeriod, anchor: Date, now: Date): UsagePeriod {
  const index = monthsUntil(anchor, now)
  const [start, end] = [addMonths(anchor, index), addMonths(anchor, index + 1)]
  return { start: start > period.start ? start : period.start, end: end < period.end ? end : period.end }
}
