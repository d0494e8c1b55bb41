/** Indexes that must move so that a list gets into ascending order: all but one longest ascending part. */
export function movedIndexes(positions: readonly number[]): Set<number> {
  const tails: number[] = []
  const previous: number[] = []
  for (const [index, position] of positions.entries()) {
    let [low, high] = [0, tails.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((positions[tails[middle] ?? 0] ?? 0) < position) low = middle + 1
      else high = middle
    }
    previous[index] = low === 0 ? -1 : (tails[low - 1] ?? -1)
    tails[low] = index
  }
  const moved = new Set(positions.keys())
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) moved.delete(at)
  return moved
}
