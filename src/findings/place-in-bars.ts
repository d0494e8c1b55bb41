import type { FindingPlace } from './contract.ts'

/** Where bars begin, s of the file, and which number the first of them has. */
export interface BarLines {
  startsSeconds: readonly number[]
  firstBar: number
}

/** A stretch that ends on a bar line does not reach into the bar behind it. */
const SLACK_SECONDS = 0.02

/** Bars that a stretch of the file touches; null without bars. */
export function barsTouched(
  { startSeconds, endSeconds }: { startSeconds: number; endSeconds: number },
  { startsSeconds, firstBar }: BarLines,
): { from: number; to: number } | null {
  if (startsSeconds.length < 2) return null
  const barAt = (seconds: number) =>
    Math.max(1, firstBar + startsSeconds.findLastIndex((start) => start <= seconds))
  const from = barAt(startSeconds + SLACK_SECONDS)
  return { from, to: Math.max(from, barAt(endSeconds - SLACK_SECONDS)) }
}

/** Says the times of a place in bars as well: all of them for the whole track; left out without bars. */
export function placeInBars({ bars: _before, ...place }: FindingPlace, lines: BarLines): FindingPlace {
  const whole = { startSeconds: 0, endSeconds: Number.POSITIVE_INFINITY }
  const times = place.times.length > 0 ? place.times : [whole]
  const bars = times.flatMap((time) => barsTouched(time, lines) ?? [])
  return bars.length === 0 ? place : { ...place, bars }
}
