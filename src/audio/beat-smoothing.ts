/** How much a bend of the grid costs against a clear beat that stands off it: the fourth root is a length in beats. */
const STIFFNESS_STEADY = 30_000
const STIFFNESS_FREE = 100
/** A beat this far off the grid counts half: a syncopation, not the beat. Rows of 10 ms. */
const ASIDE_ROWS = 3
const ROUNDS = 5
/** Clearness is judged over this many beats to either side. */
const AROUND_BEATS = 6
/** Onsets on an even grid through noise are as strong as those between; where they are this much stronger, beats are heard. */
const NO_CONTRAST = 1.5
const CLEAR_CONTRAST = 3
const LEAST_WEIGHT = 1e-5

/**
 * Draws an even line through beats: clear ones hold it, and where there is next to nothing to hear (pads, pauses) the
 * grid of the neighbourhood goes on. Steady music is held to a straighter line than music that drifts.
 * @param beats rows, rising
 * @param strength how strongly a beat is expected in each row
 * @returns rows with fractions, as many as came in
 */
export function smoothBeats(beats: readonly number[], strength: Float64Array, steady: boolean): Float64Array {
  let line: Float64Array = Float64Array.from(beats)
  if (beats.length < 2 * AROUND_BEATS) return line
  const stiffness = steady ? STIFFNESS_STEADY : STIFFNESS_FREE
  const sums = runningSums(strength)
  for (let round = 0; round < ROUNDS; round++) {
    const clearness = clearnessOf(line, strength, sums)
    const weights = clearness.map(
      (clear, i) =>
        LEAST_WEIGHT + clear / (1 + (round === 0 ? 0 : ((beats[i] ?? 0) - (line[i] ?? 0)) / ASIDE_ROWS) ** 2),
    )
    line = evenLine(beats, weights, stiffness)
  }
  return line
}

/** How much stronger the rows of the line are than those around them: 0 (not at all) to 1. */
function clearnessOf(line: Float64Array, strength: Float64Array, sums: Float64Array): Float64Array {
  const onLine = runningSums(line.map((row) => strongestAt(strength, Math.round(row))))
  return line.map((_, i) => {
    const first = Math.max(0, i - AROUND_BEATS)
    const last = Math.min(line.length - 1, i + AROUND_BEATS)
    const mean = meanBetween(sums, Math.round(line[first] ?? 0), Math.round(line[last] ?? 0) + 1)
    const contrast = mean > 0 ? meanBetween(onLine, first, last + 1) / mean : 0
    return Math.max(0, Math.min(1, (contrast - NO_CONTRAST) / (CLEAR_CONTRAST - NO_CONTRAST))) ** 2
  })
}

/** Sums of the values before each place, and of all. */
function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i++) sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0)
  return sums
}

/** Mean of the values from one place up to another, from their running sums; what lies outside does not count. */
function meanBetween(sums: Float64Array, from: number, to: number): number {
  const start = Math.max(0, from)
  const end = Math.min(sums.length - 1, to)
  return end > start ? ((sums[end] ?? 0) - (sums[start] ?? 0)) / (end - start) : 0
}

function strongestAt(strength: Float64Array, row: number): number {
  return Math.max(strength[row - 1] ?? 0, strength[row] ?? 0, strength[row + 1] ?? 0)
}

/** Least squares with a price on second differences: a positive definite system with five diagonals. */
function evenLine(beats: readonly number[], weights: Float64Array, stiffness: number): Float64Array {
  const count = beats.length
  const [main, next, third] = [Float64Array.from(weights), new Float64Array(count), new Float64Array(count)]
  const add = (to: Float64Array, i: number, value: number) => {
    to[i] = (to[i] ?? 0) + stiffness * value
  }
  for (let i = 0; i + 2 < count; i++) {
    add(main, i, 1)
    add(main, i + 1, 4)
    add(main, i + 2, 1)
    add(next, i, -2)
    add(next, i + 1, -2)
    add(third, i, 1)
  }
  const line = Float64Array.from(beats, (beat, i) => beat * (weights[i] ?? 0))
  return solved(main, next, third, line)
}

/** LDLᵀ of a symmetric matrix given by its main diagonal and the two above; all arrays are overwritten. */
function solved(
  main: Float64Array,
  next: Float64Array,
  third: Float64Array,
  line: Float64Array,
): Float64Array {
  const count = main.length
  const at = (values: Float64Array, i: number) => (i < 0 ? 0 : (values[i] ?? 0))
  for (let i = 0; i < count; i++) {
    // next[i−1] and third[i−2] already hold the factor's columns, main the diagonal.
    const one = at(next, i - 1)
    const two = at(third, i - 2)
    main[i] = at(main, i) - one * one * at(main, i - 1) - two * two * at(main, i - 2)
    next[i] = (at(next, i) - at(third, i - 1) * one * at(main, i - 1)) / at(main, i)
    third[i] = at(third, i) / at(main, i)
    line[i] = at(line, i) - one * at(line, i - 1) - two * at(line, i - 2)
  }
  for (let i = count - 1; i >= 0; i--) {
    line[i] = at(line, i) / at(main, i)
    if (i + 1 < count) line[i] = at(line, i) - at(next, i) * at(line, i + 1)
    if (i + 2 < count) line[i] = at(line, i) - at(third, i) * at(line, i + 2)
  }
  return line
}
