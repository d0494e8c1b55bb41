import { useComputedColorScheme } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Timeline } from '../report/timeline.ts'
import classes from './arrangement.module.css'
import { RowLabel, rowId } from './row-label.tsx'
import { heightOf, type Row, rowsBetween } from './rows.ts'
import { mountRows } from './rows-canvas.ts'
import type { SetClock } from './set-clock.ts'
import { moveByKey } from './set-keys.ts'
import type { ArrangementView } from './view-state.ts'

/** Rows that stand ready above and below the visible ones. */
const SPARE_PX = 120

interface RowsListProps {
  rows: readonly Row[]
  selected: number | null
  clock: SetClock
  timeline: Timeline
  view: ArrangementView
  toggle: () => void
  onPoint: (row: Row | undefined, beat: number) => void
}

/** Tracks over bars: drawn on one canvas as high as its window, with the names of the visible rows above it. */
export function RowsList(props: RowsListProps) {
  const { rows, selected, clock, view } = props
  const scroller = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const playhead = useRef<HTMLDivElement>(null)
  const hover = useRef<HTMLDivElement>(null)
  const selection = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const painter = useRef<{ draw: () => void } | null>(null)
  const [visible, setVisible] = useState({ fromPx: 0, toPx: 800 })
  const scheme = useComputedColorScheme('light')

  useEffect(() => {
    const [box, surface] = [scroller.current, canvas.current]
    const [now, over, range] = [playhead.current, hover.current, selection.current]
    if (box === null || surface === null || now === null || over === null || range === null) return undefined
    const see = () => {
      const step = Math.floor(box.scrollTop / SPARE_PX) * SPARE_PX
      setVisible((before) => {
        const next = { fromPx: step - SPARE_PX, toPx: step + box.clientHeight + 2 * SPARE_PX }
        return next.fromPx === before.fromPx && next.toPx === before.toPx ? before : next
      })
    }
    box.addEventListener('scroll', see, { passive: true })
    const mounted = mountRows(
      { scroller: box, canvas: surface, playhead: now, hover: over, selection: range },
      () => latest.current,
      {
        onPoint: (row, seconds) => latest.current.onPoint(row, latest.current.clock.beatOf(seconds)),
        onLeave: () => latest.current.onPoint(undefined, 0),
        onGutter: (row) => open(row, latest.current.view),
        onPress: (row, seconds) => {
          if (row !== undefined) latest.current.view.select(row.drawn.index)
          latest.current.timeline.seek(seconds)
        },
      },
    )
    painter.current = mounted
    // Paper has no window to scroll: all rows stand and are drawn at once.
    const toPaper = () => {
      box.dataset.paper = ''
      flushSync(() => setVisible({ fromPx: 0, toPx: Number.POSITIVE_INFINITY }))
      mounted.draw()
    }
    const toScreen = () => {
      delete box.dataset.paper
      see()
      mounted.draw()
    }
    window.addEventListener('beforeprint', toPaper)
    window.addEventListener('afterprint', toScreen)
    see()
    return () => {
      window.removeEventListener('beforeprint', toPaper)
      window.removeEventListener('afterprint', toScreen)
      box.removeEventListener('scroll', see)
      mounted.stop()
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn hangs on all of these
  useEffect(() => painter.current?.draw(), [rows, selected, clock, scheme])
  useScrollTo(scroller.current, rows, selected)

  const shown = rowsBetween(rows, visible.fromPx, visible.toPx)
  const active = rows.find((row) => row.kind === 'track' && row.drawn.index === selected)
  return (
    <div
      ref={scroller}
      className={classes.rows}
      role="listbox"
      tabIndex={0}
      aria-label="Tracks of the arrangement"
      {...(active !== undefined && shown.includes(active) ? { 'aria-activedescendant': rowId(active) } : {})}
      onKeyDown={(event) => pressed(event, props)}
    >
      <div className={classes.window}>
        <div aria-hidden="true">
          <canvas ref={canvas} />
        </div>
        <div ref={hover} className={classes.hoverLine} hidden />
        <div ref={playhead} className={classes.playhead} />
        <div ref={selection} className={classes.selection} hidden />
      </div>
      <div className={classes.labels} style={{ height: heightOf(rows) }} role="presentation">
        {shown.map((row) => (
          <RowLabel key={rowId(row)} row={row} isSelected={row === active} view={view} />
        ))}
      </div>
    </div>
  )
}

/** What a press on the gutter or Enter does to a row. */
function open(row: Row, view: ArrangementView): void {
  if (row.drawn.isGroup) view.toggleFold(row.drawn.index)
  else if (row.drawn.track.automation.length > 0) view.toggleLanes(row.drawn.index)
}

function pressed(
  event: KeyboardEvent,
  { rows, selected, timeline, clock, view, toggle }: RowsListProps,
): void {
  const tracks = rows.filter((row) => row.kind === 'track')
  const at = tracks.findIndex((row) => row.drawn.index === selected)
  const row = tracks[at]
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const next =
      tracks[at < 0 ? 0 : Math.min(Math.max(at + (event.key === 'ArrowDown' ? 1 : -1), 0), tracks.length - 1)]
    if (next !== undefined) view.select(next.drawn.index)
  } else if (event.key === 'Enter' && row !== undefined) open(row, view)
  else if (event.key === ' ') toggle()
  else {
    moveByKey(event, timeline, clock)
    return
  }
  event.preventDefault()
}

/** Brings the selected row into the window, without moving the page. */
function useScrollTo(scroller: HTMLElement | null, rows: readonly Row[], selected: number | null): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection moves the window
  useEffect(() => {
    const row = rows.find((each) => each.kind === 'track' && each.drawn.index === selected)
    if (scroller === null || row === undefined) return
    const bottom = row.top + row.height
    if (row.top < scroller.scrollTop) scroller.scrollTop = row.top
    else if (bottom > scroller.scrollTop + scroller.clientHeight)
      scroller.scrollTop = bottom - scroller.clientHeight
  }, [scroller, selected])
}
