import type { Rhythm } from '../audio/contract.ts'
import { roundTo } from '../audio/decibels.ts'
import type { SetTiming } from '../fusion/contract.ts'
import { medianOf } from './change-ranges.ts'

/** Heard beats this near to the half beats of the set lie on its grid: a third of what chance gives at 120 BPM. */
const ON_GRID_SECONDS = 0.035
/** Fewer heard beats than these contradict nobody. */
const FEWEST_BEATS = 8

/** Quarter notes of "7/8": 3.5. */
function quartersOf(timeSignature: string): number {
  const [upper = 4, lower = 4] = timeSignature.split('/').map(Number)
  return (4 * upper) / lower
}

/** Bars of the set in the file with their time signature; the last one is as long as the one before it. */
function barsIn({ barStartsSeconds, firstBar, timeSignature, meters }: SetTiming) {
  const lastSeconds = (barStartsSeconds.at(-1) ?? 0) - (barStartsSeconds.at(-2) ?? 0)
  return barStartsSeconds.map((startSeconds, i) => ({
    startSeconds,
    lengthSeconds: (barStartsSeconds[i + 1] ?? startSeconds + lastSeconds) - startSeconds,
    timeSignature: meters?.findLast(({ bar }) => bar <= firstBar + i)?.timeSignature ?? timeSignature,
  }))
}

/** Quarter notes of the set in the file, each bar's evenly from its start; in 7/8 the fourth is half as long. */
export function beatsOfSet(timing: SetTiming): number[] {
  return barsIn(timing).flatMap((bar) => {
    const quarters = quartersOf(bar.timeSignature)
    return Array.from({ length: Math.ceil(quarters) }, (_, beat) =>
      roundTo(bar.startSeconds + (beat * bar.lengthSeconds) / quarters, 3),
    )
  })
}

/** Tempo of each bar of the set that lies in the file. */
export function barTempos(timing: SetTiming): { seconds: number; bpm: number }[] {
  return barsIn(timing)
    .slice(0, -1)
    .map(({ startSeconds, lengthSeconds, timeSignature }) => ({
      seconds: startSeconds,
      bpm: roundTo((60 * quartersOf(timeSignature)) / lengthSeconds, 2),
    }))
}

/** Whether what was heard lies on the grid of the set: else the file's place in the set is not sure enough for bars. */
export function liesOnSetGrid(heardBeats: readonly number[], timing: SetTiming): boolean {
  if (timing.barStartsSeconds.length < 2) return false
  if (heardBeats.length < FEWEST_BEATS) return true
  const beats = beatsOfSet(timing)
  const grid = beats.flatMap((beat, i) => [beat, (beat + (beats[i + 1] ?? beat)) / 2])
  const last = grid.at(-1) ?? 0
  const inside = heardBeats.filter((beat) => beat >= (grid[0] ?? 0) && beat <= last)
  const away = inside.map((beat) =>
    grid.reduce((least, line) => Math.min(least, Math.abs(line - beat)), Number.POSITIVE_INFINITY),
  )
  return medianOf(away) <= ON_GRID_SECONDS
}

/** A rhythm in the beats, bars and metre of the set. */
export function inBarsOfSet(rhythm: Rhythm, timing: SetTiming): Rhythm {
  const meter = timing.meters?.[0]?.timeSignature ?? timing.timeSignature
  return {
    ...rhythm,
    beatsPerBar: quartersOf(meter),
    meter: { name: meter, confidence: 1 },
    beatsSeconds: beatsOfSet(timing),
    downbeatsSeconds: timing.barStartsSeconds,
  }
}
