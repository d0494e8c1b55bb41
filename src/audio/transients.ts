import type { Dynamics } from './contract.ts'
import { roundTo } from './decibels.ts'
import type { Onsets } from './onset-meter.ts'
import type { Stroke } from './strokes.ts'

/** A transient lifts the bands together by this many nepers; steady noise almost never does. */
const MIN_RISE = 12
const MAX_CURVE_POINTS = 300

/** Strokes that stand out from the whole spectrum. */
export function clearTransients(strokes: readonly Stroke[]): Stroke[] {
  return strokes.filter(({ rise }) => rise >= MIN_RISE)
}

/** How many sounds begin per second: in all, and over time (at least 2 s a point, at most 300 points). */
export function transientDensity(
  { low, rowsPerSecond }: Onsets,
  transients: readonly Stroke[],
): Pick<Dynamics, 'transientsPerSecond' | 'transientCurve'> {
  const rows = low.length
  const group = Math.max(2 * rowsPerSecond, Math.ceil(rows / MAX_CURVE_POINTS))
  const counts = new Array<number>(Math.ceil(rows / group)).fill(0)
  for (const { place } of transients) {
    const point = Math.min(counts.length - 1, Math.floor(Math.max(0, place) / group))
    counts[point] = (counts[point] ?? 0) + 1
  }
  return {
    transientsPerSecond: rows === 0 ? null : roundTo((transients.length * rowsPerSecond) / rows, 2),
    transientCurve: {
      stepSeconds: group / rowsPerSecond,
      perSecond: counts.map((count, i) =>
        roundTo((count * rowsPerSecond) / Math.min(group, rows - i * group), 2),
      ),
    },
  }
}
