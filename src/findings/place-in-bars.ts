import type { Rhythm } from '../audio/contract.ts'
import type { FindingPlace } from './contract.ts'

/** Says the times of a place in bars as well, counted from 1 at the first downbeat; left out without bars. */
export function placeInBars(place: FindingPlace, rhythm: Rhythm | null | undefined): FindingPlace {
  const downbeats = rhythm?.downbeatsSeconds ?? []
  if (downbeats.length < 2 || place.times.length === 0) return place
  const bar = (seconds: number) => Math.max(1, downbeats.findLastIndex((start) => start <= seconds) + 1)
  return {
    ...place,
    bars: place.times.map(({ startSeconds, endSeconds }) => ({
      from: bar(startSeconds),
      to: bar(endSeconds),
    })),
  }
}
