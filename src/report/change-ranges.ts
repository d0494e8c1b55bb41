/** A stretch of a difference curve that stays over a threshold; indices, the last excluded. */
export interface Stretch {
  from: number
  to: number
  /** Median over the stretch. */
  change: number
}

/**
 * Where a difference exceeds a threshold for long enough. It begins and ends where half of its own size is crossed, so
 * that the window which smoothed the curve does not move the borders.
 * @param least points that make a stretch
 */
export function stretchesOver(
  values: readonly (number | null)[],
  threshold: number,
  least: number,
): Stretch[] {
  const found: Stretch[] = []
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    if (Math.abs(value) < threshold) continue
    const sign = Math.sign(value)
    const size = (at: number) => (values[at] ?? 0) * sign
    let to = i
    while (to < values.length && size(to) >= threshold / 2) to++
    const half = medianOf(values.slice(i, to).map((one) => one ?? 0)) / 2
    let from = i
    while (from > (found.at(-1)?.to ?? 0) && size(from - 1) >= half * sign) from--
    let end = to
    while (end > i + 1 && size(end - 1) < half * sign) end--
    while (end < values.length && size(end) >= half * sign) end++
    if (end - from >= least)
      found.push({ from, to: end, change: medianOf(values.slice(from, end).map((one) => one ?? 0)) })
    i = Math.max(i, end - 1)
  }
  return found
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return 0
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
