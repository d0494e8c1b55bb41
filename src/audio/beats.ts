import type { RhythmCurves } from './rhythm-curves.ts'

/** How strictly beats keep their period: weight of the squared deviation in octaves. */
const STRICTNESS = 400
/** Share of each group of bands in what a beat should fall on: kick and snare rather than hats. */
const SHARES = { low: 1, mid: 1, high: 0.6 }
const SHORTEST = 0.6
const LONGEST = 1.6
/** The rise of an onset is steepest this long after its first sample: median over generated tracks with known beats. */
export const ONSET_DELAY_SECONDS = 0.0065

/** Logarithms of the steps between beats, up to 10 s. */
const LOG2 = Float64Array.from({ length: 1000 }, (_, rows) => Math.log2(rows))

/** How strongly a beat is expected in each row, smoothed by about 20 ms. */
export function beatStrength({ low, mid, high }: RhythmCurves): Float64Array {
  const raw = low.map(
    (value, i) => SHARES.low * value + SHARES.mid * (mid[i] ?? 0) + SHARES.high * (high[i] ?? 0),
  )
  return raw.map((value, i) => 0.5 * value + 0.25 * ((raw[i - 1] ?? 0) + (raw[i + 1] ?? 0)))
}

/**
 * Rows of the beats: the path through the strongest rows whose steps stay near the local period (Ellis 2007).
 * @param periods beat period in rows at each row
 */
export function trackBeats(strength: Float64Array, periods: Float64Array): number[] {
  const scores = new Float64Array(strength.length)
  const previous = new Int32Array(strength.length).fill(-1)
  const costs = new Float64Array(LOG2.length)
  let costsOf = Number.NaN
  for (let row = 0; row < strength.length; row++) {
    const period = periods[row] ?? 1
    if (period !== costsOf) setCosts(costs, period)
    costsOf = period
    const from = Math.max(0, Math.round(row - period * LONGEST))
    const to = Math.round(row - period * SHORTEST)
    let best = 0
    let before = -1
    for (let earlier = from; earlier <= to; earlier++) {
      const score = (scores[earlier] ?? 0) - (costs[row - earlier] ?? 0)
      if (score > best) {
        best = score
        before = earlier
      }
    }
    scores[row] = (strength[row] ?? 0) + best
    previous[row] = before
  }
  return backtrack(scores, previous, periods.at(-1) ?? 1)
}

/** What each step costs at a period: the squared deviation in octaves. */
function setCosts(costs: Float64Array, period: number): void {
  const octaves = Math.log2(period)
  const longest = Math.min(costs.length - 1, Math.ceil(period * LONGEST) + 1)
  for (let rows = Math.max(0, Math.floor(period * SHORTEST) - 1); rows <= longest; rows++) {
    const deviation = (LOG2[rows] ?? 0) - octaves
    costs[rows] = STRICTNESS * deviation * deviation
  }
}

function backtrack(scores: Float64Array, previous: Int32Array, lastPeriod: number): number[] {
  let row = Math.max(0, scores.length - 1)
  const from = Math.max(0, Math.floor(scores.length - lastPeriod))
  for (let candidate = from; candidate < scores.length; candidate++) {
    if ((scores[candidate] ?? 0) > (scores[row] ?? 0)) row = candidate
  }
  const beats: number[] = []
  while (row >= 0 && scores.length > 0) {
    beats.push(row)
    row = previous[row] ?? -1
  }
  return beats.reverse()
}
