import { useMemo, useState } from 'react'
import type { Arrangement, LiveSet, SetClip } from '../../src/als/contract.ts'
import { lightUp } from '../report/light-up.ts'
import type { Timeline } from '../report/timeline.ts'
import { countOf } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import classes from './arrangement.module.css'
import { ArrangementTable } from './arrangement-table.tsx'
import { clipAt, clipWords } from './clip-words.ts'
import { drawnTracks, openRows, type Row } from './rows.ts'
import { RowsList } from './rows-list.tsx'
import { Ruler } from './ruler.tsx'
import { createSetClock } from './set-clock.ts'
import { offsetWords, type SetOffset } from './set-offset.ts'
import { useArrangementView, type ArrangementView as ViewStore } from './view-state.ts'
import { ZoomButtons } from './zoom-buttons.tsx'

interface ArrangementViewProps {
  set: LiveSet
  arrangement: Arrangement
  timeline: Timeline
  view: ViewStore
  /** Where beat 0 lies on the shared axis; null when the set has the axis for itself. */
  offset: SetOffset | null
  toggle: () => void
}

/** The set's tracks over the time axis that waveform and curves share. */
export function ArrangementView({ set, arrangement, timeline, view, offset, toggle }: ArrangementViewProps) {
  const state = useArrangementView(view)
  const startSeconds = offset?.seconds ?? 0
  const clock = useMemo(() => createSetClock(arrangement, startSeconds), [arrangement, startSeconds])
  const drawn = useMemo(() => drawnTracks(set), [set])
  const rows = useMemo(() => openRows(drawn, state), [drawn, state])
  const [pointed, setPointed] = useState<{ row: Row; clip: SetClip | undefined } | null>(null)
  const note = offsetWords(offset)
  const onPoint = (row: Row | undefined, beat: number) => {
    const clip = row === undefined ? undefined : clipAt(row, beat)
    setPointed((before) => {
      if (before?.row === row && before?.clip === clip) return before
      return row === undefined ? null : { row, clip }
    })
  }
  return (
    <section
      className={classes.arrangement}
      aria-labelledby="arrangement-title"
      id="arrangement"
      tabIndex={-1}
    >
      <div className={classes.head}>
        <h2 id="arrangement-title">Arrangement</h2>
        {offset === null && <ZoomButtons timeline={timeline} whole="set" />}
      </div>
      {note !== null && <p className={classes.note}>{note}</p>}
      <Ruler set={set} clock={clock} timeline={timeline} toggle={toggle} />
      <RowsList
        rows={rows}
        selected={state.selected}
        clock={clock}
        timeline={timeline}
        view={view}
        toggle={toggle}
        onPoint={onPoint}
      />
      <p className={classes.line}>
        {pointed?.clip === undefined ? (
          <TrackLine
            drawn={drawn}
            selected={pointed?.row.drawn.index ?? state.selected}
            view={view}
            lanes={state.lanes}
          />
        ) : (
          `${pointed.row.drawn.name}: ${clipWords(pointed.clip, clock)}`
        )}
      </p>
      <ArrangementTable set={set} drawn={drawn} clock={clock} timeline={timeline} />
    </section>
  )
}

interface TrackLineProps {
  drawn: ReturnType<typeof drawnTracks>
  selected: number | null
  view: ViewStore
  lanes: ReadonlySet<number>
}

/** What the selected track holds, and what can be opened of it. */
function TrackLine({ drawn, selected, view, lanes }: TrackLineProps) {
  const each = drawn.find(({ index }) => index === selected)
  if (each === undefined) return 'Point at a clip to read it; choose a track for its devices and automation.'
  const { automation, devices } = each.track
  return (
    <>
      {`${each.name}: ${countOf(each.clips.length, 'clip', 'clips')} `}
      {automation.length > 0 && (
        <TextButton onClick={() => view.toggleLanes(each.index)}>
          {lanes.has(each.index) ? 'Hide automation' : `Show automation (${automation.length})`}
        </TextButton>
      )}{' '}
      {devices.length > 0 && (
        <TextButton onClick={() => lightUp(`set.T${each.index + 1}.devices`)}>
          {countOf(devices.length, 'device', 'devices')}
        </TextButton>
      )}
    </>
  )
}
