/** Two of one thing in two versions of a set. */
export interface Pair<T> {
  before: T
  after: T
}

export interface Matched<T> {
  pairs: Pair<T>[]
  removed: T[]
  added: T[]
}

/** A way to recognise one thing: equal keys are the same; null is never anything's key. */
export type Key<T> = (thing: T) => string | null

/**
 * Pairs things by one key after another, the surest first; of several with one key, those of the same order.
 * What no key pairs is tried by likeness, best first, down to `leastLikeness`.
 */
export function matchThings<T>(
  before: readonly T[],
  after: readonly T[],
  keys: readonly Key<T>[],
  likeness?: { of: (one: T, other: T) => number; least: number },
): Matched<T> {
  const [left, right] = [new Set(before), new Set(after)]
  const pairs: Pair<T>[] = []
  const take = (one: T, other: T) => {
    pairs.push({ before: one, after: other })
    left.delete(one)
    right.delete(other)
  }
  for (const key of keys) {
    const byKey = Map.groupBy([...left].reverse(), key)
    for (const other of [...right]) {
      const wanted = key(other)
      const one = wanted === null ? undefined : byKey.get(wanted)?.pop()
      if (one !== undefined) take(one, other)
    }
  }
  if (likeness !== undefined && left.size * right.size <= MOST_COMPARISONS) {
    const scored = [...left].flatMap((one) =>
      [...right].map((other) => ({ one, other, score: likeness.of(one, other) })),
    )
    for (const { one, other, score } of scored.toSorted((a, b) => b.score - a.score)) {
      if (score >= likeness.least && left.has(one) && right.has(other)) take(one, other)
    }
  }
  const place = new Map(after.map((each, index) => [each, index]))
  pairs.sort((a, b) => (place.get(a.after) ?? 0) - (place.get(b.after) ?? 0))
  return { pairs, removed: [...left], added: [...right] }
}

const MOST_COMPARISONS = 40_000
/** From this share of common numbers on, a file was saved on and not numbered anew. */
const LEAST_KEPT_SHARE = 0.5

/** Whether ids mean the same in both versions: most of those in common name alike things. */
export function areIdsKept<T>(
  before: readonly T[],
  after: readonly T[],
  id: Key<T>,
  sign: (thing: T) => string,
): boolean {
  const signs = new Map(
    before.flatMap((each) => (id(each) === null ? [] : [[id(each), sign(each)] as const])),
  )
  const known = after.filter((each) => signs.has(id(each)))
  const alike = known.filter((each) => signs.get(id(each)) === sign(each)).length
  return (
    known.length > 0 &&
    alike / Math.max(known.length, Math.min(before.length, after.length) / 2) >= LEAST_KEPT_SHARE
  )
}

/** Common share of two bags of words, 0…1; two empty bags say nothing and count as half. */
export function overlap(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 && other.length === 0) return 0.5
  const counts = new Map<string, number>()
  for (const each of one) counts.set(each, (counts.get(each) ?? 0) + 1)
  let common = 0
  for (const each of other) {
    const left = counts.get(each) ?? 0
    if (left > 0) common++
    counts.set(each, left - 1)
  }
  return common / Math.max(one.length, other.length)
}
