import type { Timeline } from '../report/timeline.ts'
import { drawRows, EDGE_PX, GUTTER_PX } from './draw.ts'
import { oncePerFrame, sizedContext } from './mount-canvas.ts'
import { type Row, rowsBetween } from './rows.ts'
import type { SetClock } from './set-clock.ts'

const CLICK_SLACK_PX = 4
/** Engines refuse larger canvases; a paper never needs more. */
const MOST_CANVAS_PX = 8000

export interface CanvasParts {
  /** Scrolls; holds everything. */
  scroller: HTMLElement
  canvas: HTMLCanvasElement
  playhead: HTMLElement
  hover: HTMLElement
  selection: HTMLElement
}

export interface CanvasContent {
  rows: readonly Row[]
  clock: SetClock
  timeline: Timeline
  selected: number | null
}

export interface PointerTargets {
  onPoint: (row: Row | undefined, seconds: number) => void
  onLeave: () => void
  /** A click into the gutter of a row opens or closes it. */
  onGutter: (row: Row) => void
  onPress: (row: Row | undefined, seconds: number) => void
}

/** Places a line over the plot at a second; hidden when it is out of view. */
function placeLine(line: HTMLElement, seconds: number | null, widthPx: number, timeline: Timeline): void {
  const { fromSeconds, toSeconds } = timeline.get()
  line.hidden = seconds === null || seconds < fromSeconds || seconds > toSeconds
  if (seconds === null) return
  const share = (seconds - fromSeconds) / (toSeconds - fromSeconds)
  line.style.transform = `translateX(${GUTTER_PX + share * (widthPx - GUTTER_PX - EDGE_PX)}px)`
}

/**
 * Draws the rows into a canvas as high as the visible part, and keeps it in step with scrolling, size and timeline.
 * @returns draw: at once, for paper · stop: takes it down
 */
export function mountRows(parts: CanvasParts, content: () => CanvasContent, targets: PointerTargets) {
  const { scroller, canvas, playhead, hover } = parts
  let shown = { from: Number.NaN, to: Number.NaN }

  const draw = () => {
    const { rows, clock, timeline, selected } = content()
    const { fromSeconds, toSeconds } = timeline.get()
    const [widthPx, heightPx] = [scroller.clientWidth, Math.min(scroller.clientHeight, MOST_CANVAS_PX)]
    if (widthPx === 0 || heightPx === 0) return
    const context = sizedContext(canvas, widthPx, heightPx)
    if (context === null) return
    const scrollPx = scroller.scrollTop
    const visible = rowsBetween(rows, scrollPx, scrollPx + heightPx)
    drawRows({ context, widthPx, heightPx, fromSeconds, toSeconds, scrollPx, clock, selected }, visible)
    shown = { from: fromSeconds, to: toSeconds }
  }
  const redraw = oncePerFrame(draw)

  const follow = () => {
    const { timeline } = content()
    const { fromSeconds, toSeconds, hoverSeconds, playheadSeconds } = timeline.get()
    if (fromSeconds !== shown.from || toSeconds !== shown.to) redraw.ask()
    placeLine(playhead, playheadSeconds, scroller.clientWidth, timeline)
    placeLine(hover, hoverSeconds, scroller.clientWidth, timeline)
  }
  const resizing = new ResizeObserver(() => {
    redraw.ask()
    follow()
  })
  resizing.observe(scroller)
  scroller.addEventListener('scroll', redraw.ask, { passive: true })
  const disconnect = connectPointer(parts, content, targets)
  const unsubscribe = content().timeline.subscribe(follow)
  draw()
  follow()
  return {
    draw,
    stop: () => {
      redraw.stop()
      resizing.disconnect()
      unsubscribe()
      disconnect()
      scroller.removeEventListener('scroll', redraw.ask)
    },
  }
}

function connectPointer(
  { scroller, selection }: CanvasParts,
  content: () => CanvasContent,
  targets: PointerTargets,
): () => void {
  let pressedAtPx: number | null = null
  const placeOf = (event: MouseEvent) => {
    const { timeline, rows } = content()
    const box = scroller.getBoundingClientRect()
    const xPx = event.clientX - box.left
    const yPx = event.clientY - box.top + scroller.scrollTop
    const { fromSeconds, toSeconds } = timeline.get()
    const share = (xPx - GUTTER_PX) / (scroller.clientWidth - GUTTER_PX - EDGE_PX)
    const seconds = fromSeconds + Math.min(Math.max(share, 0), 1) * (toSeconds - fromSeconds)
    return { xPx, seconds, row: rowsBetween(rows, yPx, yPx + 1)[0] }
  }
  const showSelection = (fromPx: number, toPx: number) => {
    selection.hidden = Math.abs(toPx - fromPx) <= CLICK_SLACK_PX
    selection.style.transform = `translateX(${Math.min(fromPx, toPx)}px)`
    selection.style.width = `${Math.abs(toPx - fromPx)}px`
  }
  const down = (event: PointerEvent) => {
    pressedAtPx = event.pointerType === 'mouse' ? placeOf(event).xPx : null
  }
  const move = (event: PointerEvent) => {
    const { xPx, seconds, row } = placeOf(event)
    content().timeline.hover(xPx < GUTTER_PX ? null : seconds)
    targets.onPoint(xPx < GUTTER_PX ? undefined : row, seconds)
    if (pressedAtPx !== null && pressedAtPx >= GUTTER_PX) showSelection(pressedAtPx, Math.max(xPx, GUTTER_PX))
  }
  const click = (event: MouseEvent) => {
    const { xPx, seconds, row } = placeOf(event)
    const from = pressedAtPx
    pressedAtPx = null
    selection.hidden = true
    if (from !== null && from >= GUTTER_PX && Math.abs(xPx - from) > CLICK_SLACK_PX) {
      const { timeline } = content()
      const { fromSeconds, toSeconds } = timeline.get()
      const share = (from - GUTTER_PX) / (scroller.clientWidth - GUTTER_PX - EDGE_PX)
      const other = fromSeconds + share * (toSeconds - fromSeconds)
      timeline.show(Math.min(seconds, other), Math.max(seconds, other))
    } else if (xPx < GUTTER_PX && row !== undefined) targets.onGutter(row)
    else targets.onPress(row, seconds)
  }
  const leave = () => {
    pressedAtPx = null
    selection.hidden = true
    content().timeline.hover(null)
    targets.onLeave()
  }
  const whole = () => content().timeline.showAll()
  scroller.addEventListener('pointerdown', down)
  scroller.addEventListener('pointermove', move)
  scroller.addEventListener('pointerleave', leave)
  scroller.addEventListener('click', click)
  scroller.addEventListener('dblclick', whole)
  return () => {
    scroller.removeEventListener('pointerdown', down)
    scroller.removeEventListener('pointermove', move)
    scroller.removeEventListener('pointerleave', leave)
    scroller.removeEventListener('click', click)
    scroller.removeEventListener('dblclick', whole)
  }
}
