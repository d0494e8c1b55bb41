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
