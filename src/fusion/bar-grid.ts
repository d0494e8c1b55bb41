import { barsOf } from '../als/bars.ts'
import type { BarStretch, LiveSet } from '../als/contract.ts'

/** A place as Live's ruler writes it: bar and beat count from 1, beats in the denominator of the time signature. */
export interface BarPlace {
  bar: number
  beat: number
}

export interface BarGrid {
  placeOf(beat: number): BarPlace
  /** Quarter notes at which a bar begins; bars count from 1. */
  startOf(bar: number): number
  /** Time signatures of these bars, each with the first of them that it counts for. */
  metersFrom(firstBar: number, lastBar: number): { bar: number; timeSignature: string }[]
}

const COMMON_TIME: BarStretch = { beat: 0, bar: 1, barBeats: 4, timeSignature: null }
/** A place this little before a bar (quarter notes) is the bar. */
const SLACK_BEATS = 1e-6

/** The bars of a set, both ways. */
export function createBarGrid(set: Pick<LiveSet, 'timeSignature' | 'timeSignatureChanges'>): BarGrid {
  const stretches = barsOf(set)
  const first = stretches[0] ?? COMMON_TIME
  return {
    placeOf(beat) {
      const at = stretches.findLast((each) => each.beat <= beat + SLACK_BEATS) ?? first
      const inside = Math.floor((beat - at.beat) / at.barBeats + SLACK_BEATS)
      const rest = beat - at.beat - inside * at.barBeats
      return { bar: at.bar + inside, beat: 1 + Math.max(0, Math.floor(rest / unitOf(at) + SLACK_BEATS)) }
    },
    startOf(bar) {
      const at = stretches.findLast((each) => each.bar <= bar) ?? first
      return at.beat + (bar - at.bar) * at.barBeats
    },
    metersFrom(firstBar, lastBar) {
      const at = Math.max(
        0,
        stretches.findLastIndex((each) => each.bar <= firstBar),
      )
      return stretches
        .slice(at)
        .filter(({ bar }) => bar <= lastBar)
        .map(({ bar, timeSignature }) => ({
          bar: Math.max(bar, firstBar),
          timeSignature: timeSignature ?? '4/4',
        }))
    },
  }
}

/** Quarter notes in one beat of the time signature. */
function unitOf({ timeSignature }: BarStretch): number {
  return 4 / Number(timeSignature?.split('/')[1] ?? 4)
}
