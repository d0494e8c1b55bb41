import { MAX_LAG_ROWS, valueAt } from './rhythm-curves.ts'

const SLOWEST_BPM = 40
const FASTEST_BPM = 250
const GRID = 1.0015
/** Multiples of a beat at which music repeats, and how much each counts. */
const MULTIPLES = [1, 2, 3, 4, 6, 8, 12, 16] as const
const MULTIPLE_WEIGHTS = [1, 1, 0.5, 1, 0.5, 1, 0.4, 0.8] as const
const PEAKS = 8
const EXPANDED_PEAKS = 5
const RELATIONS = [1, 2, 1 / 2, 3 / 2, 2 / 3, 3, 1 / 3, 4 / 3, 3 / 4]
const MIN_CANDIDATE_BPM = 50
const MAX_CANDIDATE_BPM = 225
/** Candidates closer than this are the same tempo. */
const SAME = 0.012

/** Weighted mean of the repetition at the multiples of a beat of `period` rows. */
export function pulseStrength(repetition: Float64Array, period: number): number {
  let sum = 0
  let weights = 0
  for (const [i, multiple] of MULTIPLES.entries()) {
    const lag = multiple * period
    if (lag > MAX_LAG_ROWS - 10) break
    const weight = MULTIPLE_WEIGHTS[i] ?? 0
    sum += weight * valueAt(repetition, lag)
    weights += weight
  }
  return weights > 0 ? sum / weights : 0
}

/** Beat periods in rows that the repetition allows: its own peaks and their metrical relatives, 50–225 BPM. */
export function tempoCandidates(repetition: Float64Array, rowsPerSecond: number): number[] {
  const rowsPerMinute = 60 * rowsPerSecond
  const peaks = pulsePeaks(repetition, rowsPerMinute)
  const related = peaks
    .slice(0, EXPANDED_PEAKS)
    .flatMap((period) => RELATIONS.map((relation) => period * relation))
  const candidates: number[] = []
  for (const period of [...related, ...peaks]) {
    const bpm = rowsPerMinute / period
    if (bpm < MIN_CANDIDATE_BPM || bpm > MAX_CANDIDATE_BPM) continue
    if (!candidates.some((known) => Math.abs(known / period - 1) < SAME)) candidates.push(period)
  }
  return candidates
}

function pulsePeaks(repetition: Float64Array, rowsPerMinute: number): number[] {
  const periods: number[] = []
  for (let bpm = SLOWEST_BPM; bpm <= FASTEST_BPM; bpm *= GRID) periods.push(rowsPerMinute / bpm)
  const strengths = periods.map((period) => pulseStrength(repetition, period))
  return [...periods.keys()]
    .filter((i) => {
      const here = strengths[i] ?? 0
      return (
        i > 0 && i + 1 < periods.length && here > (strengths[i - 1] ?? 0) && here >= (strengths[i + 1] ?? 0)
      )
    })
    .sort((a, b) => (strengths[b] ?? 0) - (strengths[a] ?? 0))
    .slice(0, PEAKS)
    .map((i) => sharpened(repetition, periods[i] ?? 0))
}

/** The long multiples place the period to 0.02 %. */
function sharpened(repetition: Float64Array, period: number): number {
  let best = period
  let strength = Number.NEGATIVE_INFINITY
  for (let step = -20; step <= 20; step++) {
    const tried = period * (1 + step * 0.0002)
    const value = pulseStrength(repetition, tried)
    if (value > strength) {
      strength = value
      best = tried
    }
  }
  return best
}
