import type { KernelRuntime } from './kernels/load-kernels.ts'
import { createCorrelator, type RhythmCurves, valueAt } from './rhythm-curves.ts'

/** Windows of 10 s, every 2 s. */
const WINDOW_ROWS = 1024
const STEP_ROWS = 200
/** Periods from 2/3 to 3/2 of the global one, in steps of about 0.7 %. */
const STATES = 121
const RANGE_OCTAVES = 1.16
/** Fastest drift between two windows, and what a step of one state costs against a repetition of 1. */
const MAX_STEP_STATES = 4
const STEP_COST = 0.04
/** A tempo that strays less than this (1.2 %) is steady; the global period is then the more exact one. */
const STEADY_STATES = 2
/** Following a tempo must explain this much more repetition, summed over the windows, than one tempo throughout. */
const LEAST_GAIN = 2

/** Beat period in rows at each row of the track. */
export interface LocalPeriods {
  steady: boolean
  periods: Float64Array
}

/** Follows a tempo that drifts or changes, as the best path through the repetition of short windows. */
export function followTempo(curves: RhythmCurves, period: number, runtime: KernelRuntime): LocalPeriods {
  const rows = curves.all.length
  const windows = Math.max(1, Math.ceil((rows - WINDOW_ROWS) / STEP_ROWS) + 1)
  const states = Float64Array.from(
    { length: STATES },
    (_, i) => period * 2 ** ((i / (STATES - 1) - 0.5) * RANGE_OCTAVES),
  )
  const strengths = windowStrengths(curves.all, windows, states, runtime)
  const path = bestPath(strengths, windows)
  const spread = Math.max(...path) - Math.min(...path)
  const gain = worthOf(path, strengths) - bestConstant(strengths, windows)
  if (spread <= STEADY_STATES || gain < LEAST_GAIN)
    return { steady: true, periods: new Float64Array(rows).fill(period) }
  const local = path.map((state) => states[state] ?? period)
  return {
    steady: false,
    periods: Float64Array.from({ length: rows }, (_, row) =>
      between(local, (row - WINDOW_ROWS / 2) / STEP_ROWS),
    ),
  }
}

/** Repetition of each window at each period and its multiples, window after window. */
function windowStrengths(
  curve: Float64Array,
  windows: number,
  states: Float64Array,
  runtime: KernelRuntime,
): Float64Array {
  const add = createCorrelator(2 * WINDOW_ROWS, runtime)
  const longest = Math.min(WINDOW_ROWS - 4, Math.ceil(4 * (states.at(-1) ?? 1)) + 4)
  const strengths = new Float64Array(windows * states.length)
  for (let window = 0; window < windows; window++) {
    const sums = new Float64Array(longest)
    const segment = curve.subarray(window * STEP_ROWS, window * STEP_ROWS + WINDOW_ROWS)
    if (segment.length > WINDOW_ROWS / 2) add(segment, sums)
    const total = sums[0] ?? 0
    for (const [i, period] of states.entries()) {
      const sum =
        valueAt(sums, period) +
        valueAt(sums, 2 * period) +
        0.5 * valueAt(sums, 3 * period) +
        valueAt(sums, 4 * period)
      strengths[window * states.length + i] = total > 0 ? sum / total : 0
    }
  }
  return strengths
}

function bestPath(strengths: Float64Array, windows: number): number[] {
  const scores = new Float64Array(strengths)
  const from = new Int32Array(strengths.length)
  for (let window = 1; window < windows; window++) {
    for (let state = 0; state < STATES; state++) {
      let best = Number.NEGATIVE_INFINITY
      for (let step = -MAX_STEP_STATES; step <= MAX_STEP_STATES; step++) {
        const earlier = state + step
        if (earlier < 0 || earlier >= STATES) continue
        const score = (scores[(window - 1) * STATES + earlier] ?? 0) - STEP_COST * Math.abs(step)
        if (score > best) {
          best = score
          from[window * STATES + state] = earlier
        }
      }
      scores[window * STATES + state] = (strengths[window * STATES + state] ?? 0) + best
    }
  }
  const last = scores.subarray((windows - 1) * STATES)
  let state = last.indexOf(Math.max(...last))
  const path: number[] = []
  for (let window = windows - 1; window >= 0; window--) {
    path.push(state)
    state = from[window * STATES + state] ?? state
  }
  return path.reverse()
}

/** Repetition along a path, less what its steps cost. */
function worthOf(path: readonly number[], strengths: Float64Array): number {
  return path.reduce((sum, state, window) => {
    const step = window === 0 ? 0 : Math.abs(state - (path[window - 1] ?? state))
    return sum + (strengths[window * STATES + state] ?? 0) - STEP_COST * step
  }, 0)
}

function bestConstant(strengths: Float64Array, windows: number): number {
  const sums = new Float64Array(STATES)
  for (let i = 0; i < windows * STATES; i++) sums[i % STATES] = (sums[i % STATES] ?? 0) + (strengths[i] ?? 0)
  return Math.max(...sums)
}

function between(values: number[], position: number): number {
  const clamped = Math.max(0, Math.min(values.length - 1, position))
  const i = Math.floor(clamped)
  const here = values[i] ?? 1
  return here + (clamped - i) * ((values[i + 1] ?? here) - here)
}
