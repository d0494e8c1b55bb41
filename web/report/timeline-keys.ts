import type { KeyboardEvent } from 'react'
import type { Timeline } from './timeline.ts'

const STEP_SECONDS = 1
const LONG_STEP_SECONDS = 10
const ZOOM_IN = 0.5
const ZOOM_OUT = 2

/** The keys of the time axis: arrows move, Home and End jump, plus and minus zoom, 0 shows all, space plays. */
export function timelineKeys(timeline: Timeline, toggle: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { playheadSeconds, durationSeconds } = timeline.get()
    const step = event.shiftKey ? LONG_STEP_SECONDS : STEP_SECONDS
    const actions: Record<string, () => void> = {
      ArrowRight: () => timeline.seek(playheadSeconds + step),
      ArrowLeft: () => timeline.seek(playheadSeconds - step),
      ArrowUp: () => timeline.seek(playheadSeconds + step),
      ArrowDown: () => timeline.seek(playheadSeconds - step),
      PageUp: () => timeline.seek(playheadSeconds + LONG_STEP_SECONDS),
      PageDown: () => timeline.seek(playheadSeconds - LONG_STEP_SECONDS),
      Home: () => timeline.seek(0),
      End: () => timeline.seek(durationSeconds),
      '+': () => timeline.zoomBy(ZOOM_IN),
      '=': () => timeline.zoomBy(ZOOM_IN),
      '-': () => timeline.zoomBy(ZOOM_OUT),
      '0': () => timeline.showAll(),
      ' ': toggle,
    }
    const action = actions[event.key]
    if (action === undefined) return
    event.preventDefault()
    action()
  }
}
