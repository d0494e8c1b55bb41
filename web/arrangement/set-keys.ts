import type { KeyboardEvent } from 'react'
import type { Timeline } from '../report/timeline.ts'
import type { SetClock } from './set-clock.ts'

const LONG_STEP_BARS = 4
const ZOOM_IN = 0.5
const ZOOM_OUT = 2

/** The beat at which a bar begins; bars before the first are the first. */
function startOfBar(clock: SetClock, fromBeat: number, bars: number): number {
  const bar = Math.max(1, clock.barOf(fromBeat + 1e-6) + bars)
  const reach = 64 * (Math.abs(bars) + 1)
  const starts = clock.barStarts(Math.max(0, fromBeat - reach), fromBeat + reach, 1)
  return starts.find((each) => each.bar >= bar)?.beat ?? fromBeat
}

/** The keys of the set's axis: arrows move by bars, Home and End jump, plus and minus zoom, 0 shows all. */
export function moveByKey(event: KeyboardEvent, timeline: Timeline, clock: SetClock): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const { playheadSeconds, durationSeconds } = timeline.get()
  const step = event.shiftKey ? LONG_STEP_BARS : 1
  const toBar = (bars: number) =>
    timeline.seek(clock.secondsOf(startOfBar(clock, clock.beatOf(playheadSeconds), bars)))
  const moves: Record<string, () => void> = {
    ArrowLeft: () => toBar(-step),
    ArrowRight: () => toBar(step),
    Home: () => timeline.seek(0),
    End: () => timeline.seek(durationSeconds),
    '+': () => timeline.zoomBy(ZOOM_IN),
    '=': () => timeline.zoomBy(ZOOM_IN),
    '-': () => timeline.zoomBy(ZOOM_OUT),
    '0': () => timeline.showAll(),
  }
  const move = moves[event.key]
  if (move === undefined) return false
  event.preventDefault()
  move()
  return true
}
