import type { Onsets } from './onset-meter.ts'

/** Rises are compared with the mean of this many rows either side: 0.4 s. */
const AROUND_ROWS = 40
/** Two strokes are at least this far apart: 40 ms. */
const APART_ROWS = 4
/** What lifts the bands together by less than this many nepers above that mean is no beginning. */
const MIN_RISE = 4

/** The beginning of a sound. */
export interface Stroke {
  /** Row of the onsets, with its fraction. */
  place: number
  /** Rise of all bands together above the mean of the 0.8 s around it, nepers. */
  rise: number
}

/** Peaks of the rise of loudness of all bands together, soft ones included; in order. */
export function findStrokes({ low, mid, high }: Onsets): Stroke[] {
  const rows = low.length
  const rises = new Float64Array(rows)
  const sums = new Float64Array(rows + 1)
  for (let row = 0; row < rows; row++) {
    const rise = (low[row] ?? 0) + (mid[row] ?? 0) + (high[row] ?? 0)
    rises[row] = rise
    sums[row + 1] = (sums[row] ?? 0) + rise
  }
  const strokes: Stroke[] = []
  for (let row = 0; row < rows; row++) {
    const here = rises[row] ?? 0
    if (here < MIN_RISE || here <= (rises[row - 1] ?? 0) || here < (rises[row + 1] ?? 0)) continue
    const from = Math.max(0, row - AROUND_ROWS)
    const to = Math.min(rows, row + AROUND_ROWS + 1)
    const rise = here - ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from)
    if (rise >= MIN_RISE && isHighest(rises, row)) strokes.push({ place: row + vertex(rises, row), rise })
  }
  return strokes
}

function isHighest(rises: Float64Array, row: number): boolean {
  const here = rises[row] ?? 0
  for (let i = Math.max(0, row - APART_ROWS); i <= row + APART_ROWS; i++) {
    if ((rises[i] ?? 0) > here || (i < row && rises[i] === here)) return false
  }
  return true
}

/** Where between its neighbours a peak really stands, by a parabola. */
function vertex(rises: Float64Array, row: number): number {
  const before = rises[row - 1] ?? 0
  const after = rises[row + 1] ?? 0
  const bend = before - 2 * (rises[row] ?? 0) + after
  return bend < 0 ? (0.5 * (before - after)) / bend : 0
}
