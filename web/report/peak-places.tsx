import type { EventList, Peaks } from '../../src/audio/contract.ts'
import { countOf, formatTime } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import classes from './plots.module.css'
import type { Timeline } from './timeline.ts'

interface KindProps {
  list: EventList | undefined
  sign: string
  words: (count: number) => string
  color: string
  timeline: Timeline
}

/** Goes to the first place behind the playhead, and from the last one back to the first. */
function seekNext(list: EventList, timeline: Timeline): void {
  const { playheadSeconds } = timeline.get()
  const next = list.events.find((event) => event.startSeconds > playheadSeconds + 0.001) ?? list.events[0]
  if (next !== undefined) timeline.seek(next.startSeconds)
}

function Kind({ list, sign, words, color, timeline }: KindProps) {
  if (list === undefined || list.count === 0) return null
  const shown = list.count > list.events.length ? `, the first ${list.events.length} marked` : ''
  return (
    <span className={classes.legendItem}>
      <span aria-hidden="true" style={{ color }}>
        {sign}
      </span>
      {words(list.count)}
      {list.firstSeconds !== null && `, first at ${formatTime(list.firstSeconds, 1)}`}
      {shown}
      <TextButton onClick={() => seekNext(list, timeline)}>Next</TextButton>
    </span>
  )
}

/** What the marks over the waveform mean, how many there are, and a way from one to the next. */
export function PeakPlaces({ peaks, timeline }: { peaks: Peaks; timeline: Timeline }) {
  if ((peaks.clips?.count ?? 0) + (peaks.overs?.count ?? 0) === 0) return null
  return (
    <div className={classes.legend}>
      <Kind
        list={peaks.clips}
        sign="▼"
        color="var(--ts-bad)"
        timeline={timeline}
        words={(count) => countOf(count, 'clipped place', 'clipped places')}
      />
      <Kind
        list={peaks.overs}
        sign="▽"
        color="var(--ts-warn)"
        timeline={timeline}
        words={(count) => countOf(count, 'peak between samples', 'peaks between samples')}
      />
    </div>
  )
}
