import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { LiveSet } from '../../src/als/contract.ts'
import { type Timeline, useTimeline } from '../report/timeline.ts'
import classes from './arrangement.module.css'
import { drawRuler, EDGE_PX, GUTTER_PX, RULER_PX } from './draw.ts'
import { oncePerFrame, sizedContext } from './mount-canvas.ts'
import type { SetClock } from './set-clock.ts'
import { moveByKey } from './set-keys.ts'

interface RulerProps {
  set: LiveSet
  clock: SetClock
  timeline: Timeline
  toggle: () => void
}

/** Bars and locators over the rows: the slider of the set's axis. */
export function Ruler({ set, clock, timeline, toggle }: RulerProps) {
  const host = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme('light')
  const { playheadSeconds, durationSeconds } = useTimeline(timeline)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours that the ruler reads
  useEffect(() => {
    const [box, surface] = [host.current, canvas.current]
    if (box === null || surface === null) return undefined
    const redraw = oncePerFrame(() => {
      const context = sizedContext(surface, box.clientWidth, RULER_PX)
      const { fromSeconds, toSeconds } = timeline.get()
      if (context === null || box.clientWidth === 0) return
      const size = { widthPx: box.clientWidth, heightPx: RULER_PX, scrollPx: 0, selected: null }
      drawRuler({ context, ...size, fromSeconds, toSeconds, clock }, set)
    })
    const resizing = new ResizeObserver(redraw.ask)
    resizing.observe(box)
    const unsubscribe = timeline.subscribe(redraw.ask)
    redraw.now()
    return () => {
      redraw.stop()
      resizing.disconnect()
      unsubscribe()
    }
  }, [set, clock, timeline, scheme])

  const seekTo = (clientX: number) => {
    const box = host.current?.getBoundingClientRect()
    if (box === undefined) return
    const { fromSeconds, toSeconds } = timeline.get()
    const share = (clientX - box.left - GUTTER_PX) / (box.width - GUTTER_PX - EDGE_PX)
    timeline.seek(fromSeconds + Math.min(Math.max(share, 0), 1) * (toSeconds - fromSeconds))
  }
  const bar = clock.barOf(clock.beatOf(playheadSeconds))
  return (
    <div
      ref={host}
      className={classes.ruler}
      role="slider"
      tabIndex={0}
      aria-label="Bar in the set"
      aria-valuemin={1}
      aria-valuemax={Math.max(1, clock.barOf(clock.beatOf(durationSeconds)))}
      aria-valuenow={Math.max(1, bar)}
      aria-valuetext={`bar ${clock.placeWords(clock.beatOf(playheadSeconds))}`}
      onClick={(event) => seekTo(event.clientX)}
      onKeyDown={(event) => {
        if (event.key !== ' ') return moveByKey(event, timeline, clock)
        event.preventDefault()
        return toggle()
      }}
    >
      <div aria-hidden="true">
        <canvas ref={canvas} />
      </div>
    </div>
  )
}
