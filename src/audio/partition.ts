/** Bars differ by this much from one to the next inside a section, at least and at most (dB, or onset strength). */
const LEAST_UNREST = 0.8
const MOST_UNREST = 6
/** Deviations are counted in multiples of the usual unrest; an empty band is not infinitely far away. */
const FARTHEST = 8
/** What another section costs, in squared units: it must explain more than this. */
const SECTION_COST = 100
/** Sections are mostly multiples of eight bars, then of four; others cost more. */
const UNEVEN_COST = 7
const HALF_EVEN_COST = 2
const LONGEST_BARS = 96
const SHORTEST_BARS = 3

/**
 * Cuts a row of bars so that each piece is as uniform as the number of pieces allows (dynamic programming).
 * @returns index of the first bar of each piece, the first is 0
 */
export function bestPartition(bars: readonly Float64Array[]): number[] {
  const sums = prefixSums(bars)
  const count = bars.length
  const costs = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY)
  const from = new Int32Array(count + 1)
  costs[0] = 0
  for (let end = 1; end <= count; end++) {
    for (let start = Math.max(0, end - LONGEST_BARS); start < end; start++) {
      const length = end - start
      const atEdge = start === 0 || end === count
      if (length < SHORTEST_BARS && count > SHORTEST_BARS) continue
      const cost = (costs[start] ?? 0) + spread(sums, start, end) + SECTION_COST + unevenness(length, atEdge)
      if (cost < (costs[end] ?? 0)) {
        costs[end] = cost
        from[end] = start
      }
    }
  }
  const borders: number[] = []
  for (let end = count; end > 0; end = from[end] ?? 0) borders.push(from[end] ?? 0)
  return borders.reverse()
}

function unevenness(length: number, atEdge: boolean): number {
  if (length % 8 === 0 || atEdge) return 0
  return length % 4 === 0 ? HALF_EVEN_COST : UNEVEN_COST
}

interface Sums {
  width: number
  values: Float64Array
  squares: Float64Array
}

function prefixSums(bars: readonly Float64Array[]): Sums {
  const width = bars[0]?.length ?? 0
  const unrest = Array.from({ length: width }, (_, k) => unrestOf(bars, k))
  const tops = unrest.map((unit, k) => Math.max(...bars.map((bar) => bar[k] ?? 0)) / unit)
  const values = new Float64Array((bars.length + 1) * width)
  const squares = new Float64Array((bars.length + 1) * width)
  for (const [i, bar] of bars.entries()) {
    for (let k = 0; k < width; k++) {
      const value = Math.max((bar[k] ?? 0) / (unrest[k] ?? 1), (tops[k] ?? 0) - FARTHEST)
      values[(i + 1) * width + k] = (values[i * width + k] ?? 0) + value
      squares[(i + 1) * width + k] = (squares[i * width + k] ?? 0) + value * value
    }
  }
  return { width, values, squares }
}

/** Mean difference of neighbouring bars in one dimension. */
function unrestOf(bars: readonly Float64Array[], k: number): number {
  let sum = 0
  for (let i = 1; i < bars.length; i++) sum += Math.abs((bars[i]?.[k] ?? 0) - (bars[i - 1]?.[k] ?? 0))
  return Math.max(LEAST_UNREST, Math.min(MOST_UNREST, sum / Math.max(1, bars.length - 1)))
}

/** Sum of squared deviations from the mean of a piece. */
function spread({ width, values, squares }: Sums, start: number, end: number): number {
  let total = 0
  for (let k = 0; k < width; k++) {
    const sum = (values[end * width + k] ?? 0) - (values[start * width + k] ?? 0)
    const square = (squares[end * width + k] ?? 0) - (squares[start * width + k] ?? 0)
    total += square - (sum * sum) / (end - start)
  }
  return Math.max(0, total)
}
