import type uPlot from 'uplot'
import type { Peaks } from '../../src/audio/contract.ts'
import { cssColor } from './time-plot.ts'

const MARK_PX = 8

/** Triangles at the top edge that point at places: full for clips, hollow for what only peaks between samples. */
function drawMarks(plot: uPlot, places: readonly number[], color: string, isFull: boolean): void {
  const fromSeconds = plot.scales.x?.min ?? 0
  const toSeconds = plot.scales.x?.max ?? 0
  const size = MARK_PX * devicePixelRatio
  const { ctx, bbox } = plot
  ctx.save()
  ctx.fillStyle = isFull ? color : cssColor('--ts-ground')
  ctx.strokeStyle = color
  ctx.lineWidth = 1.25 * devicePixelRatio
  for (const seconds of places) {
    if (seconds < fromSeconds || seconds > toSeconds) continue
    const x = plot.valToPos(seconds, 'x', true)
    ctx.beginPath()
    ctx.moveTo(x - size / 2, bbox.top)
    ctx.lineTo(x + size / 2, bbox.top)
    ctx.lineTo(x, bbox.top + size)
    ctx.closePath()
    ctx.fill()
    ctx.stroke()
  }
  ctx.restore()
}

const starts = (list: Peaks['clips']) => list?.events.map((event) => event.startSeconds) ?? []

/** Marks where the wave is cut off, and where it only exceeds full scale between its samples. */
export function paintPeakMarks(plot: uPlot, peaks: Peaks): void {
  drawMarks(plot, peaks.overs?.events.map((event) => event.startSeconds) ?? [], cssColor('--ts-warn'), false)
  drawMarks(plot, starts(peaks.clips), cssColor('--ts-bad'), true)
}
