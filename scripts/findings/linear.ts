/** Solves A·x = b for a symmetric positive matrix by elimination with pivots. */
export function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0])
  const n = rows.length
  for (let column = 0; column < n; column++) {
    const pivot = [...rows.keys()]
      .slice(column)
      .reduce(
        (best, i) => (Math.abs(at(rows, i, column)) > Math.abs(at(rows, best, column)) ? i : best),
        column,
      )
    ;[rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []]
    for (let i = column + 1; i < n; i++) {
      const factor = at(rows, i, column) / at(rows, column, column)
      for (let j = column; j <= n; j++) set(rows, i, j, at(rows, i, j) - factor * at(rows, column, j))
    }
  }
  const x = new Array<number>(n).fill(0)
  for (let i = n - 1; i >= 0; i--) {
    let rest = at(rows, i, n)
    for (let j = i + 1; j < n; j++) rest -= at(rows, i, j) * (x[j] ?? 0)
    x[i] = rest / at(rows, i, i)
  }
  return x
}

function at(rows: number[][], i: number, j: number): number {
  return rows[i]?.[j] ?? 0
}

function set(rows: number[][], i: number, j: number, value: number): void {
  const row = rows[i]
  if (row) row[j] = value
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
}

/**
 * Mean and covariance in which odd samples count less (a Student distribution of 6 degrees of freedom), shrunk towards
 * equal variances so that few samples do not pretend to know every direction.
 */
export function robustCovariance(samples: number[][], weights: number[], shrink: number) {
  const n = samples[0]?.length ?? 0
  let counted = weights
  let mean: number[] = []
  let covariance: number[][] = []
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  for (let round = 0; round < 6; round++) {
    const all = counted.reduce((sum, weight) => sum + weight, 0)
    mean = Array.from(
      { length: n },
      (_, i) => samples.reduce((s, x, k) => s + (counted[k] ?? 0) * (x[i] ?? 0), 0) / all,
    )
    const centred = samples.map((x) => x.map((value, i) => value - (mean[i] ?? 0)))
    covariance = shrunk(spread(centred, counted, total), shrink)
    const inverse = inverted(covariance)
    counted = centred.map((x, k) => (weights[k] ?? 0) * ((6 + n) / (6 + dot(x, times(inverse, x)))))
  }
  return { mean, covariance }
}

/** Inverse of a symmetric positive matrix: such a one needs no pivots. */
function inverted(matrix: number[][]): number[][] {
  const n = matrix.length
  const rows = matrix.map((row, i) =>
    Float64Array.from({ length: 2 * n }, (_, j) => (j < n ? (row[j] ?? 0) : j - n === i ? 1 : 0)),
  )
  for (const [column, pivotRow] of rows.entries()) {
    const pivot = pivotRow[column] ?? 1
    for (let j = 0; j < 2 * n; j++) pivotRow[j] = (pivotRow[j] ?? 0) / pivot
    for (const row of rows) {
      const factor = row[column] ?? 0
      if (row === pivotRow || factor === 0) continue
      for (let j = column; j < 2 * n; j++) row[j] = (row[j] ?? 0) - factor * (pivotRow[j] ?? 0)
    }
  }
  return rows.map((row) => [...row.subarray(n)])
}

function times(matrix: number[][], x: readonly number[]): number[] {
  return matrix.map((row) => dot(row, x))
}

function spread(centred: number[][], weights: number[], total: number): number[][] {
  const n = centred[0]?.length ?? 0
  const sums = Array.from({ length: n }, () => new Array<number>(n).fill(0))
  for (const [k, x] of centred.entries()) {
    const weight = (weights[k] ?? 0) / total
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) set(sums, i, j, at(sums, i, j) + weight * (x[i] ?? 0) * (x[j] ?? 0))
  }
  return sums
}

function shrunk(covariance: number[][], shrink: number): number[][] {
  const n = covariance.length
  const mean = covariance.reduce((sum, row, i) => sum + (row[i] ?? 0), 0) / n
  return covariance.map((row, i) =>
    row.map((value, j) => (1 - shrink) * value + (i === j ? shrink * mean + 0.05 : 0)),
  )
}

/** Logistic regression by Newton's method. @returns one weight per input, and the bias last */
export function logistic(inputs: number[][], truths: boolean[], weights: number[], ridge: number): number[] {
  const size = (inputs[0]?.length ?? 0) + 1
  let coefficients = new Array<number>(size).fill(0)
  const rows = inputs.map((input) => [...input, 1])
  for (let round = 0; round < 30; round++) {
    const gradient = coefficients.map((value, i) => (i === size - 1 ? 0 : ridge * value))
    const curvature = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => (i === j ? (i === size - 1 ? 1e-6 : ridge) : 0)),
    )
    for (const [k, row] of rows.entries()) {
      const p = 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, dot(row, coefficients)))))
      const weight = weights[k] ?? 0
      for (let i = 0; i < size; i++) {
        gradient[i] = (gradient[i] ?? 0) + weight * (p - (truths[k] ? 1 : 0)) * (row[i] ?? 0)
        for (let j = 0; j < size; j++)
          set(curvature, i, j, at(curvature, i, j) + weight * p * (1 - p) * (row[i] ?? 0) * (row[j] ?? 0))
      }
    }
    const step = solve(curvature, gradient)
    coefficients = coefficients.map((value, i) => value - (step[i] ?? 0))
  }
  return coefficients
}
