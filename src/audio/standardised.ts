/** Values less their mean, over their spread; all 0 when they do not differ. */
export function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const spread = Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length),
  )
  return values.map((value) => (spread > 0 ? (value - mean) / spread : 0))
}

/** Mean of every `period`th value from `phase` on; 0 when there is none. */
export function meanAt(values: readonly number[], phase: number, period: number): number {
  let sum = 0
  let count = 0
  for (let i = phase; i < values.length; i += period) {
    sum += values[i] ?? 0
    count++
  }
  return sum / Math.max(1, count)
}
