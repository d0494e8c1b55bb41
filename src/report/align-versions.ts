import type { Frames } from './version-frames.ts'

/** A difference beyond this is no worse than this. dB */
const FARTHEST_DB = 6
/** Less than this is chance: two versions are never cut into the same windows. dB */
const CHANCE_DB = 1
/** Costs of a frame lie in 0…1; without a counterpart it costs this much. */
const ALONE_COST = 0.45
/** Another offset must explain this many seconds of sound that fits nowhere else. */
const JUMP_SECONDS = 1
/** A frame of the earlier version that is left over at the end, and how much that counts at most. */
const LEFT_COST = 0.3
const MOST_LEFT_JUMPS = 1.5
const SHORTEST_SEGMENT_SECONDS = 0.5

/** A stretch of the newer version whose counterpart lies at one constant offset in the earlier one. Frames. */
export interface Segment {
  from: number
  to: number
  /** Place in the earlier version minus place in the newer. */
  lag: number
}

export interface Alignment {
  segments: Segment[]
  /** 0…1: how much better the two fit there than anywhere. */
  confidence: number
  /** Neither has anything that moves. */
  isFeatureless: boolean
}

/**
 * Lays a newer version over an earlier one: the cheapest path through offsets (Viterbi), where every jump and every
 * frame without a counterpart has its price. What lies outside the earlier version counts as silence.
 */
export function alignVersions(
  newer: Frames,
  earlier: Frames,
  { stepSeconds, reach }: { stepSeconds: number; reach: number },
): Alignment {
  const usual = usualCost(newer, earlier)
  if (usual < 0.02) return { segments: [], confidence: 0, isFeatureless: true }
  const lags = 2 * reach + 1
  const jump = JUMP_SECONDS / stepSeconds
  const path = cheapestPath(newer, earlier, { lags, reach, jump })
  const segments = segmentsOf(path, reach).filter(
    ({ from, to }) => (to - from) * stepSeconds >= SHORTEST_SEGMENT_SECONDS,
  )
  const { cost, count } = costOf(newer, earlier, segments)
  const fit = count === 0 ? 0 : Math.max(0, 1 - cost / count / usual)
  return {
    segments,
    confidence: fit * Math.min(1, count / Math.max(1, newer.count * 0.5)),
    isFeatureless: false,
  }
}

function frameCost(newer: Frames, t: number, earlier: Frames, place: number): number {
  const { width } = newer
  const inside = place >= 0 && place < earlier.count
  let sum = 0
  for (let f = 0; f < width; f++) {
    const there = inside ? (earlier.values[place * width + f] ?? 0) : (earlier.floor[f] ?? 0)
    const apart = Math.abs((newer.values[t * width + f] ?? 0) - there) - CHANCE_DB
    if (apart > 0) sum += Math.min(FARTHEST_DB, apart)
  }
  return sum / width / FARTHEST_DB
}

/** What a frame costs at a place that has nothing to do with it. */
function usualCost(newer: Frames, earlier: Frames): number {
  let sum = 0
  const tries = Math.min(newer.count, 2000)
  for (let i = 0; i < tries; i++) {
    const t = Math.floor((i * newer.count) / tries)
    sum += frameCost(newer, t, earlier, (t * 7919 + 104_729) % earlier.count)
  }
  return sum / Math.max(1, tries)
}

interface Search {
  lags: number
  reach: number
  jump: number
}

/** For each frame the index of its offset, or `lags` for none. */
function cheapestPath(newer: Frames, earlier: Frames, { lags, reach, jump }: Search): Int32Array {
  const states = lags + 1
  let costs = Float64Array.from({ length: states }, (_, s) =>
    s === lags ? jump / 2 : Math.abs(s - reach) * 1e-4,
  )
  const from = new Int32Array(newer.count * states)
  for (let t = 0; t < newer.count; t++) {
    const next = new Float64Array(states)
    const cheapest = indexOfLeast(costs)
    for (let s = 0; s < states; s++) {
      const change = s === lags || cheapest === lags ? jump / 2 : jump
      const jumped = (costs[cheapest] ?? 0) + change
      const stayed = costs[s] ?? 0
      const best = t > 0 && jumped < stayed ? jumped : stayed
      from[t * states + s] = t > 0 && jumped < stayed ? cheapest : s
      next[s] = best + (s === lags ? ALONE_COST : frameCost(newer, t, earlier, t + s - reach))
    }
    costs = next
  }
  // What is left of the earlier version at the end was taken out somewhere: rather where the two part.
  for (let s = 0; s < lags; s++) {
    const left = Math.abs(earlier.count - newer.count - (s - reach))
    costs[s] = (costs[s] ?? 0) + Math.min(MOST_LEFT_JUMPS * jump, left * LEFT_COST)
  }
  const path = new Int32Array(newer.count)
  let state = indexOfLeast(costs)
  for (let t = newer.count - 1; t >= 0; t--) {
    path[t] = state
    state = from[t * states + state] ?? state
  }
  return path
}

function indexOfLeast(costs: Float64Array): number {
  let least = 0
  for (let i = 1; i < costs.length; i++) if ((costs[i] ?? 0) < (costs[least] ?? 0)) least = i
  return least
}

function segmentsOf(path: Int32Array, reach: number): Segment[] {
  const segments: Segment[] = []
  for (let from = 0, t = 1; t <= path.length; t++) {
    if (t < path.length && path[t] === path[from]) continue
    const state = path[from] ?? 0
    if (state <= 2 * reach) segments.push({ from, to: t, lag: state - reach })
    from = t
  }
  return segments
}

function costOf(newer: Frames, earlier: Frames, segments: Segment[]): { cost: number; count: number } {
  let cost = 0
  let count = 0
  for (const { from, to, lag } of segments)
    for (let t = from; t < to; t++) {
      cost += frameCost(newer, t, earlier, t + lag)
      count++
    }
  return { cost, count }
}
