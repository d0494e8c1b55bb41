import type { LiveSet } from './contract.ts'

const STEP_BEATS = 1 / 4 // one sixteenth note
/** A day and more at any tempo: what lies behind is no song, and every step costs time. */
const LONGEST_BEATS = 200_000

/**
 * Where each of the given beats falls in seconds from the start of the arrangement.
 * Live plays a tempo ramp in steps: it takes the tempo at each sixteenth note and holds it until the next.
 * @param beats sorted in ascending order, 0 or later
 * @returns seconds for each beat, null when the set holds no tempo or the beat lies days away
 */
export function secondsOfBeats(
  set: Pick<LiveSet, 'tempoAtStartBpm' | 'tempoChanges'>,
  beats: readonly number[],
): (number | null)[] {
  if (set.tempoAtStartBpm === null) return beats.map(() => null)
  const clock = new TempoClock(set.tempoAtStartBpm, set.tempoChanges)
  return beats.map((beat) => (beat > LONGEST_BEATS ? null : clock.secondsAt(Math.max(beat, 0))))
}

type Change = LiveSet['tempoChanges'][number]

class TempoClock {
  private readonly changes: readonly Change[]
  private readonly initialBpm: number
  private next = 0 // first change later than the present beat
  private step = 0 // sixteenth notes passed
  private seconds = 0

  constructor(initialBpm: number, changes: readonly Change[]) {
    this.initialBpm = initialBpm
    this.changes = changes
  }

  secondsAt(beat: number): number {
    const last = this.changes.at(-1)
    while ((this.step + 1) * STEP_BEATS <= beat) {
      const here = this.step * STEP_BEATS
      const steady = last === undefined || here >= last.beat
      const steps = steady ? Math.floor(beat / STEP_BEATS) - this.step : 1
      this.seconds += (steps * STEP_BEATS * 60) / this.bpmAt(here)
      this.step += steps
    }
    const here = this.step * STEP_BEATS
    return this.seconds + ((beat - here) * 60) / this.bpmAt(here)
  }

  private bpmAt(beat: number): number {
    while ((this.changes[this.next]?.beat ?? Number.POSITIVE_INFINITY) <= beat) this.next++
    const before = this.changes[this.next - 1]
    const after = this.changes[this.next]
    if (before === undefined) return this.initialBpm
    if (after === undefined || after.beat === before.beat) return before.bpm
    const part = (beat - before.beat) / (after.beat - before.beat)
    return before.bpm + part * (after.bpm - before.bpm)
  }
}
