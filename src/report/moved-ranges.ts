import { roundTo } from '../audio/decibels.ts'
import type { Segment } from './align-versions.ts'
import type { ChangeRange } from './changes-contract.ts'
import type { Comparable } from './track-profile.ts'

/** Shorter than this is within the steps of the curves that were aligned. */
const LEAST_SECONDS = 0.25
/** A length this close to whole bars is meant to be: half a step of the curves. Seconds. */
const BAR_TOLERANCE_SECONDS = 0.055

/** What was put in, taken out or moved, from the stretches that belong together. Seconds. */
export function movedRanges(segments: Segment[], newer: Comparable, earlier: Comparable): ChangeRange[] {
  const first = segments[0]
  const last = segments.at(-1)
  if (!first || !last) return []
  const ranges = [...atStart(first, newer)]
  for (const [i, segment] of segments.entries()) {
    const before = segments[i - 1]
    if (!before) continue
    ranges.push(...between(before, segment, newer))
  }
  return [...ranges, ...atEnd(last, newer, earlier)]
}

function atStart({ from, lag }: Segment, newer: Comparable): ChangeRange[] {
  const moved = -lag
  if (Math.abs(moved) < LEAST_SECONDS) return []
  return [
    {
      ...describe(moved > 0 ? 'later-start' : 'earlier-start', { from: 0, to: Math.max(0, moved, from) }),
      earlierStartSeconds: 0,
      earlierEndSeconds: roundTo(Math.max(0, -moved), 2),
      change: roundTo(moved, 1),
      bars: wholeBars(Math.abs(moved), newer),
    },
  ]
}

function between(before: Segment, after: Segment, newer: Comparable): ChangeRange[] {
  const gap = after.from - before.to
  const earlierGap = gap + after.lag - before.lag
  const inserted = gap - Math.min(gap, Math.max(0, earlierGap)) + Math.max(0, -earlierGap)
  const removed = Math.max(0, earlierGap) - Math.min(gap, Math.max(0, earlierGap))
  const place = { from: before.to, to: after.from }
  const earlierPlace = {
    earlierStartSeconds: roundTo(before.to + before.lag, 2),
    earlierEndSeconds: roundTo(before.to + before.lag + Math.max(0, earlierGap), 2),
  }
  const ranges: ChangeRange[] = []
  if (inserted >= LEAST_SECONDS)
    ranges.push({
      ...describe('inserted', { from: place.from, to: Math.max(place.to, place.from + inserted) }),
      ...earlierPlace,
      change: roundTo(inserted, 1),
      bars: wholeBars(inserted, newer),
    })
  if (removed >= LEAST_SECONDS)
    ranges.push({
      ...describe('removed', place),
      ...earlierPlace,
      change: roundTo(removed, 1),
      bars: wholeBars(removed, newer),
    })
  return ranges
}

function atEnd({ to, lag }: Segment, newer: Comparable, earlier: Comparable): ChangeRange[] {
  const left = newer.source.durationSeconds - to
  const earlierLeft = earlier.source.durationSeconds - (to + lag)
  const longer = left - Math.max(0, earlierLeft)
  if (Math.abs(longer) < 2 * LEAST_SECONDS) return []
  return [
    {
      ...describe(longer > 0 ? 'inserted' : 'removed', { from: to, to: newer.source.durationSeconds }),
      earlierStartSeconds: roundTo(to + lag, 2),
      earlierEndSeconds: roundTo(Math.max(to + lag, earlier.source.durationSeconds), 2),
      change: roundTo(Math.abs(longer), 1),
      bars: wholeBars(Math.abs(longer), newer),
    },
  ]
}

function describe(kind: ChangeRange['kind'], place: { from: number; to: number }) {
  return {
    kind,
    startSeconds: roundTo(place.from, 2),
    endSeconds: roundTo(place.to, 2),
    bands: [],
    isThroughout: false,
  }
}

/** A length in bars of the track's own tempo, when it is a whole number of them. */
export function wholeBars(seconds: number, { rhythm }: Pick<Comparable, 'rhythm'>): number | null {
  if (!rhythm) return null
  const barSeconds = (rhythm.beatsPerBar * 60) / rhythm.tempoBpm
  const whole = Math.round(seconds / barSeconds)
  return whole >= 1 && Math.abs(seconds - whole * barSeconds) <= BAR_TOLERANCE_SECONDS ? whole : null
}
