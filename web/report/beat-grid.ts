import type uPlot from 'uplot'
import type { Rhythm } from '../../src/audio/contract.ts'
import { cssColor } from './time-plot.ts'

/** Closer than this, lines would be a grey area instead of a grid. */
const CLOSEST_LINES_PX = 7
const BEAT_OPACITY = 0.45

function drawLines(plot: uPlot, places: readonly number[], color: string, opacity: number): void {
  const fromSeconds = plot.scales.x?.min ?? 0
  const toSeconds = plot.scales.x?.max ?? 0
  const visible = places.filter((seconds) => seconds >= fromSeconds && seconds <= toSeconds)
  const { ctx, bbox } = plot
  if (visible.length === 0 || bbox.width / visible.length < CLOSEST_LINES_PX * devicePixelRatio) return
  ctx.save()
  ctx.globalAlpha = opacity
  ctx.strokeStyle = color
  ctx.lineWidth = Math.max(1, Math.round(devicePixelRatio))
  ctx.beginPath()
  for (const seconds of visible) {
    const x = Math.round(plot.valToPos(seconds, 'x', true)) + 0.5
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
  }
  ctx.stroke()
  ctx.restore()
}

/** Draws beats and, stronger, the first beats of bars: each once they stand far enough apart to be told apart. */
export function paintBeatGrid(plot: uPlot, rhythm: Rhythm): void {
  drawLines(plot, rhythm.beatsSeconds, cssColor('--ts-trace'), BEAT_OPACITY)
  drawLines(plot, rhythm.downbeatsSeconds, cssColor('--ts-edge'), 1)
}
