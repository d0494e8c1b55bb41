import type { LiveSet } from '../als/contract.ts'
import { secondsOfBeats } from '../als/tempo-map.ts'

/** The tempo is held for one sixteenth note at a time: between two entries time runs evenly. */
const STEP_BEATS = 1 / 4
const SPARE_BEATS = 64
/** Nearly seven hours at 120 BPM: what lies behind is no song. */
const LONGEST_BEATS = 50_000

/** Seconds and beats (quarter notes) of a set, both counted from the start of its arrangement. */
export interface BeatClock {
  secondsOf(beat: number): number
  /** Before the arrangement and after its end time runs on at the first and the last tempo. */
  beatOf(seconds: number): number
  lengthSeconds: number
}

type Timed = Pick<LiveSet, 'tempoAtStartBpm' | 'tempoChanges' | 'arrangementLengthBeats'>

/**
 * The clock of a set, tempo automation included.
 * @returns null when the set holds no tempo
 */
export function createBeatClock(set: Timed): BeatClock | null {
  if (set.tempoAtStartBpm === null) return null
  const steps = Math.ceil((Math.min(set.arrangementLengthBeats, LONGEST_BEATS) + SPARE_BEATS) / STEP_BEATS)
  const beats = Array.from({ length: steps + 1 }, (_, step) => step * STEP_BEATS)
  const table = secondsOfBeats(set, beats).map((seconds) => seconds ?? 0)
  const secondsOf = (beat: number) => {
    const step = Math.max(0, Math.min(steps - 1, Math.floor(beat / STEP_BEATS)))
    const from = table[step] ?? 0
    return from + (((table[step + 1] ?? 0) - from) * (beat - step * STEP_BEATS)) / STEP_BEATS
  }
  const beatOf = (seconds: number) => {
    const step = Math.max(0, Math.min(steps - 1, lastAtOrBefore(table, seconds)))
    const from = table[step] ?? 0
    return step * STEP_BEATS + (STEP_BEATS * (seconds - from)) / ((table[step + 1] ?? 1) - from)
  }
  return { secondsOf, beatOf, lengthSeconds: secondsOf(set.arrangementLengthBeats) }
}

/** Index of the last value that is not greater; −1 when all are. */
export function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
