import type { Arrangement } from '../../src/als/contract.ts'

/** Beats of a set, seconds of the shared time axis, and bars, each from the others. */
export interface SetClock {
  /** Seconds on the shared axis. */
  secondsOf: (beat: number) => number
  beatOf: (seconds: number) => number
  barOf: (beat: number) => number
  /** "17.3": bar and beat as Live's ruler writes them. */
  placeWords: (beat: number) => string
  /** Beats at which bars begin, from one beat to another, every `step`-th bar counted from bar 1. */
  barStarts: (fromBeat: number, toBeat: number, step: number) => { beat: number; bar: number }[]
}

/** A set without a tempo is drawn by beats: one second for each. */
const BEATS_ALONE = [
  { beat: 0, seconds: 0 },
  { beat: 1, seconds: 1 },
]
const MOST_BARS = 4000

type Axis = 'beat' | 'seconds'

/** Index of the line that a place lies on. */
function lineAt(points: readonly Record<Axis, number>[], axis: Axis, value: number): number {
  let [low, high] = [1, points.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle]?.[axis] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** @param startSeconds where beat 0 lies on the shared axis */
export function createSetClock(arrangement: Arrangement, startSeconds: number): SetClock {
  const points = arrangement.timeMap.points.length > 1 ? arrangement.timeMap.points : BEATS_ALONE
  const across = (value: number, from: Axis, to: Axis) => {
    const line = lineAt(points, from, value)
    const [a, b] = [points[line - 1], points[line]]
    if (a === undefined || b === undefined) return 0
    return a[to] + ((value - a[from]) * (b[to] - a[to])) / (b[from] - a[from])
  }
  const { bars } = arrangement
  const stretchAt = (beat: number) => bars.findLast((each) => each.beat <= beat) ?? bars[0]
  const barOf = (beat: number) => {
    const stretch = stretchAt(beat)
    return stretch === undefined
      ? 1
      : stretch.bar + Math.floor((beat - stretch.beat) / stretch.barBeats + 1e-9)
  }
  return {
    secondsOf: (beat) => across(beat, 'beat', 'seconds') + startSeconds,
    beatOf: (seconds) => across(seconds - startSeconds, 'seconds', 'beat'),
    barOf,
    placeWords: (beat) => {
      const stretch = stretchAt(beat)
      if (stretch === undefined) return '1.1'
      const bar = barOf(beat)
      const rest = beat - stretch.beat - (bar - stretch.bar) * stretch.barBeats
      const unit = 4 / Number(stretch.timeSignature?.split('/')[1] ?? 4)
      return `${bar}.${Math.floor(rest / unit + 1e-9) + 1}`
    },
    barStarts: (fromBeat, toBeat, step) => {
      const starts: { beat: number; bar: number }[] = []
      for (const [index, stretch] of bars.entries()) {
        const until = Math.min(bars[index + 1]?.beat ?? Number.POSITIVE_INFINITY, toBeat)
        const skipped = Math.max(0, Math.floor((fromBeat - stretch.beat) / stretch.barBeats))
        for (
          let bar = skipped;
          stretch.beat + bar * stretch.barBeats < until && starts.length < MOST_BARS;
          bar++
        ) {
          if ((stretch.bar + bar - 1) % step !== 0) continue
          starts.push({ beat: stretch.beat + bar * stretch.barBeats, bar: stretch.bar + bar })
        }
      }
      return starts
    },
  }
}
