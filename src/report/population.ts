import { roundTo } from '../audio/decibels.ts'

/** Fewer tracks than this say nothing about where another one stands. */
const FEWEST_TRACKS = 30
/** How far out the tails of an assumed distribution are told. */
const OUTERMOST_PERCENT = 1

/**
 * Share of a measured population below a value, equals counted half.
 * @param sorted rising, in the digits of `value`
 * @returns 0…100; null without a value or with fewer than 30 tracks
 */
export function percentileIn(sorted: readonly number[], value: number | null): number | null {
  if (value === null || sorted.length < FEWEST_TRACKS) return null
  const below = sorted.filter((one) => one < value).length
  const equal = sorted.filter((one) => one === value).length
  return roundTo((100 * (below + equal / 2)) / sorted.length, 1)
}

/**
 * Share of a normal distribution below a value.
 * @returns 1…99, whole: nobody knows the tails of a distribution that is only assumed; null without a value
 */
export function percentileInNormal(mean: number, deviation: number, value: number | null): number | null {
  if (value === null) return null
  const percent = Math.round(100 * normalShareBelow((value - mean) / deviation))
  return Math.min(Math.max(percent, OUTERMOST_PERCENT), 100 - OUTERMOST_PERCENT)
}

/** Standard normal distribution function to 7.5e-8: Abramowitz and Stegun, 26.2.17. */
function normalShareBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const above = (Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial
  return z > 0 ? 1 - above : above
}
