import type { KernelRuntime } from './kernels/load-kernels.ts'
import type { Onsets } from './onset-meter.ts'

/** Half width of the moving mean that onsets must rise above: 0.4 s. */
const MEAN_ROWS = 40
const SEGMENT_ROWS = 8192
/** Longest lag that repetition is looked for at: 17 s, four bars at 57 BPM. */
export const MAX_LAG_ROWS = 1700

/** Onset strength over time, rows of 10 ms, mean square 1. */
export interface RhythmCurves {
  rowsPerSecond: number
  offsetSeconds: number
  all: Float64Array
  low: Float64Array
  mid: Float64Array
  high: Float64Array
}

/** Autocorrelations of the curves, index = lag in rows, 1 at lag 0. */
export type Repetition = Record<'all' | 'low' | 'mid' | 'high', Float64Array>

/** Onsets as peaks above their surroundings, each group at equal power. */
export function rhythmCurves({ low, mid, high, rowsPerSecond, offsetSeconds }: Onsets): RhythmCurves {
  const [a, b, c] = [levelled(peaksOf(low)), levelled(peaksOf(mid)), levelled(peaksOf(high))]
  const all = levelled(a.map((value, i) => value + (b[i] ?? 0) + (c[i] ?? 0)))
  return { rowsPerSecond, offsetSeconds, all, low: a, mid: b, high: c }
}

/** The middle stretch of curves that last longer. */
export function middleOf(curves: RhythmCurves, seconds: number): RhythmCurves {
  const rows = Math.min(curves.all.length, Math.round(seconds * curves.rowsPerSecond))
  const from = (curves.all.length - rows) >> 1
  const cut = (curve: Float64Array) => levelled(curve.subarray(from, from + rows))
  const { rowsPerSecond, offsetSeconds } = curves
  return {
    rowsPerSecond,
    offsetSeconds: offsetSeconds + from / rowsPerSecond,
    all: cut(curves.all),
    low: cut(curves.low),
    mid: cut(curves.mid),
    high: cut(curves.high),
  }
}

function peaksOf(rises: Float64Array): Float64Array {
  const roots = rises.map(Math.sqrt)
  const sums = new Float64Array(roots.length + 1)
  for (let i = 0; i < roots.length; i++) sums[i + 1] = (sums[i] ?? 0) + (roots[i] ?? 0)
  return roots.map((root, i) => {
    const from = Math.max(0, i - MEAN_ROWS)
    const to = Math.min(roots.length, i + MEAN_ROWS + 1)
    return Math.max(0, root - ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from))
  })
}

function levelled(values: Float64Array): Float64Array {
  const power = values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length)
  return power > 0 ? values.map((value) => value / Math.sqrt(power)) : values
}

/** How much each curve resembles itself some time later, over the whole track. */
export function measureRepetition(curves: RhythmCurves, runtime: KernelRuntime): Repetition {
  const add = createCorrelator(2 * SEGMENT_ROWS, runtime)
  return {
    all: correlated(curves.all, add),
    low: correlated(curves.low, add),
    mid: correlated(curves.mid, add),
    high: correlated(curves.high, add),
  }
}

/** Adds the autocorrelation of one stretch of a curve to `sums`, lag by lag. */
export type AddCorrelation = (segment: Float64Array, sums: Float64Array) => void

/**
 * Autocorrelation by FFT of stretches of at most half as many rows as points. The power spectrum is even, so a second
 * forward transform takes it back.
 */
export function createCorrelator(points: number, runtime: KernelRuntime): AddCorrelation {
  const setup = runtime.fftSetup(points)
  const input = runtime.allocate(points * 4)
  const spectrum = runtime.allocate(points * 4)
  const work = runtime.allocate(points * 4)

  return (segment, sums) => {
    const mean = segment.reduce((sum, value) => sum + value, 0) / segment.length
    const samples = runtime.floats(input, points)
    samples.fill(0)
    for (let i = 0; i < segment.length; i++) samples[i] = (segment[i] ?? 0) - mean
    runtime.kernels.spectrumOf(input, setup, spectrum, work)
    const bins = runtime.floats(spectrum, points)
    samples[0] = 0
    samples[points / 2] = 0
    for (let k = 1; k < points / 2; k++) {
      const power = (bins[2 * k] ?? 0) ** 2 + (bins[2 * k + 1] ?? 0) ** 2
      samples[k] = power
      samples[points - k] = power
    }
    runtime.kernels.spectrumOf(input, setup, spectrum, work)
    for (let lag = 0; lag < sums.length; lag++) {
      // A lag is seen by fewer rows the longer it is.
      sums[lag] =
        (sums[lag] ?? 0) + ((bins[2 * lag] ?? 0) * segment.length) / Math.max(1, segment.length - lag)
    }
  }
}

/** Autocorrelation over half-overlapping stretches of 82 s; 1 at lag 0, all 0 for an empty curve. */
function correlated(curve: Float64Array, addTo: AddCorrelation): Float64Array {
  const sums = new Float64Array(MAX_LAG_ROWS + 1)
  const last = Math.max(0, curve.length - SEGMENT_ROWS)
  for (let from = 0; from <= last; from += SEGMENT_ROWS / 2)
    addTo(curve.subarray(from, from + SEGMENT_ROWS), sums)
  if (last > 0 && last % (SEGMENT_ROWS / 2) !== 0) addTo(curve.subarray(last), sums)
  const total = sums[0] ?? 0
  return total > 0 ? sums.map((value) => value / total) : sums
}

/** Value between two lags, by a cubic through four neighbours; 0 outside. */
export function valueAt(curve: Float64Array, position: number): number {
  const i = Math.floor(position)
  if (i < 1 || i + 2 >= curve.length) return 0
  const f = position - i
  const a = curve[i - 1] ?? 0
  const b = curve[i] ?? 0
  const c = curve[i + 1] ?? 0
  const d = curve[i + 2] ?? 0
  return b + 0.5 * f * (c - a + f * (2 * a - 5 * b + 4 * c - d + f * (3 * (b - c) + d - a)))
}
