/** Bars on either side whose lengths are compared, and how many next to the place are left out: the grid bends there. */
const BARS = 4
const GAP = 1
/** A tempo that changes by less than this is drift. */
const LEAST_JUMP = 0.015

/**
 * Bars at which the tempo jumps: it is steady before, steady after, and another. A tempo that slides has none.
 * @param starts of bars, seconds, rising
 * @returns indices of the first bars at the new tempo
 */
export function tempoJumps(starts: readonly number[]): number[] {
  const lengths = starts.slice(1).map((start, i) => start - (starts[i] ?? 0))
  const jumps = lengths.map((_, bar) => jumpAt(lengths, bar))
  return [...jumps.keys()].filter((bar) => {
    const near = jumps.slice(Math.max(0, bar - BARS), bar + BARS + 1)
    return (jumps[bar] ?? 0) >= LEAST_JUMP && jumps[bar] === Math.max(...near)
  })
}

/** Relative difference of tempo around the start of a bar, less what the tempo changes by on each side anyway. */
function jumpAt(lengths: readonly number[], bar: number): number {
  const before = lengths.slice(Math.max(0, bar - GAP - BARS), Math.max(0, bar - GAP))
  const after = lengths.slice(bar + GAP, bar + GAP + BARS)
  if (before.length < BARS || after.length < BARS) return 0
  const jump = Math.abs(Math.log(mean(after) / mean(before)))
  return jump - spread(before) - spread(after)
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const spread = (values: readonly number[]) => Math.log(Math.max(...values) / Math.min(...values))
