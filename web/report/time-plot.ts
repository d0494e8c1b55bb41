import 'uplot/dist/uPlot.min.css'
import uPlot from 'uplot'
import { formatTime } from '../ui/format.ts'
import type { Timeline, TimelineState } from './timeline.ts'

/** What one plot draws over the shared time axis. Colours are names of the theme's variables. */
export interface PlotSpec {
  heightPx: number
  data: uPlot.AlignedData
  series: readonly SeriesSpec[]
  /** Fill between two series, by index in `series`. */
  fillBetween?: { upper: number; lower: number; color: string }
  yRange: readonly [number, number]
  yTicks: readonly number[]
  /** What stands at the ticks where it is not the number itself. */
  yLabels?: readonly string[]
  showsTime: boolean
  /** Draws on the canvas below the curves. */
  paintUnder?: (plot: uPlot) => void
  /** Draws on the canvas above the curves. */
  paintOver?: (plot: uPlot) => void
  /** Where the pointer stands on the vertical axis; null when it has left. */
  onHoverY?: (value: number | null) => void
}

export interface SeriesSpec {
  color: string
  widthPx: number
  dash?: readonly number[]
}

/** All plots keep the same room at their left, so that a second lies at the same place in each. */
const GUTTER_PX = 40
/** Room at the right for the half of the last time that stands over the edge. */
const EDGE_PX = 16
const TIME_AXIS_PX = 28
const CLICK_SLACK_PX = 4
const TIME_STEPS_SECONDS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800]
const TICK_SPACE_PX = 56

export const axisFont = () => `11px ${getComputedStyle(document.body).fontFamily}`

/** A colour of the theme as the scheme of the moment has it. */
export function cssColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

function buildOptions(spec: PlotSpec, widthPx: number, timeline: Timeline): uPlot.Options {
  const muted = cssColor('--ts-muted')
  const line = cssColor('--ts-line')
  const grid = { stroke: line, width: 1 }
  const view = timeline.get()
  return {
    width: widthPx,
    height: spec.heightPx,
    legend: { show: false },
    padding: [6, EDGE_PX, spec.showsTime ? 0 : 6, 0],
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => null },
    },
    select: { show: true, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: false, min: view.fromSeconds, max: view.toSeconds, auto: false },
      y: { range: [spec.yRange[0], spec.yRange[1]] },
    },
    axes: [
      {
        show: true,
        size: spec.showsTime ? TIME_AXIS_PX : 0,
        stroke: muted,
        font: axisFont(),
        grid,
        ticks: { show: false },
        incrs: TIME_STEPS_SECONDS,
        space: TICK_SPACE_PX,
        values: (_plot, splits) => splits.map((split) => (spec.showsTime ? formatTimeTick(split) : '')),
      },
      {
        size: GUTTER_PX,
        gap: 6,
        stroke: muted,
        font: axisFont(),
        grid,
        ticks: { show: false },
        splits: () => [...spec.yTicks],
        values: (_plot, splits) =>
          splits.map((split, index) => spec.yLabels?.[index] ?? String(split).replace('-', '−')),
      },
    ],
    series: [
      {},
      ...spec.series.map((series): uPlot.Series => {
        const base: uPlot.Series = {
          stroke: cssColor(series.color),
          width: series.widthPx,
          points: { show: false },
        }
        return series.dash === undefined ? base : { ...base, dash: [...series.dash] }
      }),
    ],
    ...(spec.fillBetween === undefined
      ? {}
      : {
          bands: [
            {
              series: [spec.fillBetween.upper + 1, spec.fillBetween.lower + 1],
              fill: cssColor(spec.fillBetween.color),
            },
          ],
        }),
  }
}

function formatTimeTick(seconds: number): string {
  return formatTime(seconds, Number.isInteger(seconds) ? 0 : 1)
}

/** Lets the pointer hover, click to seek, drag to zoom, and double-click to see all again. */
function connectPointer(plot: uPlot, spec: PlotSpec, timeline: Timeline): void {
  let pressedAtPx = 0
  plot.over.addEventListener('pointerdown', (event) => {
    pressedAtPx = event.clientX
  })
  plot.over.addEventListener('click', (event) => {
    if (Math.abs(event.clientX - pressedAtPx) > CLICK_SLACK_PX) return
    timeline.seek(plot.posToVal(event.clientX - plot.over.getBoundingClientRect().left, 'x'))
  })
  plot.over.addEventListener('dblclick', () => timeline.showAll())
  plot.over.addEventListener('mousemove', (event) => {
    const box = plot.over.getBoundingClientRect()
    spec.onHoverY?.(plot.posToVal(event.clientY - box.top, 'y'))
    timeline.hover(plot.posToVal(event.clientX - box.left, 'x'))
  })
  plot.over.addEventListener('mouseleave', () => {
    spec.onHoverY?.(null)
    timeline.hover(null)
  })
}

function addHooks(options: uPlot.Options, spec: PlotSpec, timeline: Timeline): uPlot.Options {
  return {
    ...options,
    hooks: {
      drawClear: spec.paintUnder === undefined ? [] : [spec.paintUnder],
      draw: spec.paintOver === undefined ? [] : [spec.paintOver],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select
          if (width <= CLICK_SLACK_PX) return
          timeline.show(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'))
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
        },
      ],
    },
  }
}

/** Bands of colour over the places that somebody points at; a moment is still wide enough to be seen. */
function drawLit(plot: uPlot, { lit, fromSeconds, toSeconds }: TimelineState): HTMLElement[] {
  const within = (seconds: number) => Math.min(Math.max(seconds, fromSeconds), toSeconds)
  return lit
    .filter(({ startSeconds, endSeconds }) => endSeconds >= fromSeconds && startSeconds <= toSeconds)
    .map(({ startSeconds, endSeconds }) => {
      const band = document.createElement('div')
      band.dataset.litPlace = ''
      const left = plot.valToPos(within(startSeconds), 'x')
      band.style.left = `${left}px`
      band.style.width = `${plot.valToPos(within(endSeconds), 'x') - left}px`
      plot.over.append(band)
      return band
    })
}

function createPlayhead(plot: uPlot): HTMLElement {
  const playhead = document.createElement('div')
  playhead.dataset.playhead = ''
  plot.over.append(playhead)
  return playhead
}

/**
 * Draws a plot into `host` and keeps it in step with the timeline and with the width of `host`.
 * @returns a function that takes it down again
 */
export function mountTimePlot(host: HTMLElement, spec: PlotSpec, timeline: Timeline): () => void {
  const options = addHooks(buildOptions(spec, host.clientWidth, timeline), spec, timeline)
  const plot = new uPlot(options, spec.data, host)
  const playhead = createPlayhead(plot)
  connectPointer(plot, spec, timeline)
  let shown = timeline.get()
  let litBands: HTMLElement[] = []

  const showLit = (next: TimelineState) => {
    for (const band of litBands) band.remove()
    litBands = drawLit(plot, next)
  }
  const follow = () => {
    const next = timeline.get()
    if (next.fromSeconds !== shown.fromSeconds || next.toSeconds !== shown.toSeconds) {
      plot.setScale('x', { min: next.fromSeconds, max: next.toSeconds })
    }
    if (next.hoverSeconds !== shown.hoverSeconds) {
      const left = next.hoverSeconds === null ? -10 : plot.valToPos(next.hoverSeconds, 'x')
      plot.setCursor({ left, top: left < 0 ? -10 : 1 }, false)
    }
    const isMoved = next.fromSeconds !== shown.fromSeconds || next.toSeconds !== shown.toSeconds
    if (next.lit !== shown.lit || isMoved || litBands.length === 0) showLit(next)
    shown = next
    const isVisible = next.playheadSeconds >= next.fromSeconds && next.playheadSeconds <= next.toSeconds
    playhead.hidden = !isVisible
    playhead.style.transform = `translateX(${plot.valToPos(next.playheadSeconds, 'x')}px)`
  }
  const unsubscribe = timeline.subscribe(follow)
  const resizing = new ResizeObserver(() => {
    plot.setSize({ width: host.clientWidth, height: spec.heightPx })
    follow()
    showLit(timeline.get())
  })
  resizing.observe(host)
  follow()

  return () => {
    unsubscribe()
    resizing.disconnect()
    plot.destroy()
  }
}
