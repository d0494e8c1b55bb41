import type { EventList } from './contract.ts'
import { roundTo } from './decibels.ts'
import { HOPS_PER_SECOND } from './hop-grid.ts'

/** Places that are listed one by one; beyond them only the count goes on. */
const MAX_LISTED = 100

/**
 * Joins hops at which something happened to events: one ends when nothing happens for `gapHops`.
 * @param hit hop indices, rising
 */
export function eventsOf(hit: readonly number[], gapHops: number): EventList {
  const events: { first: number; last: number }[] = []
  for (const hop of hit) {
    const open = events.at(-1)
    if (open !== undefined && hop - open.last <= gapHops) open.last = hop
    else events.push({ first: hop, last: hop })
  }
  const longest = events.reduce((most, { first, last }) => Math.max(most, last - first + 1), 0)
  return {
    count: events.length,
    firstSeconds: events[0] === undefined ? null : events[0].first / HOPS_PER_SECOND,
    longestSeconds: longest === 0 ? null : longest / HOPS_PER_SECOND,
    events: events.slice(0, MAX_LISTED).map(({ first, last }) => ({
      startSeconds: roundTo(first / HOPS_PER_SECOND, 2),
      durationSeconds: roundTo((last - first + 1) / HOPS_PER_SECOND, 2),
    })),
  }
}
