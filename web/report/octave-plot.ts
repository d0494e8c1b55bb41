import uPlot from 'uplot'
import type { Spectrum } from '../../src/audio/contract.ts'
import type { Level } from './popular-curve.ts'
import { axisFont, cssColor } from './time-plot.ts'

const HEIGHT_PX = 240
const GUTTER_PX = 40
const EDGE_PX = 16
const LOWEST_HZ = 22
const HIGHEST_HZ = 22_500
const TICKS_HZ = [31.5, 63, 125, 250, 500, 1000, 2000, 4000, 8000, 16_000]
const STEP_DB = 6
const SHOWN_BELOW_TOP_DB = 54
const MARK_PX = 7

export const octaveHeightPx = HEIGHT_PX

/** What is drawn: a track's levels beside a dashed line with its tolerance, and marks of resonances. */
export interface OctaveCurves {
  levels: readonly Level[]
  guide: readonly (number | null)[]
  /** How far from the line is still close, by the centre of the band. */
  toleranceDb: (centreHz: number) => number
  resonances: Resonances
}

type Resonances = NonNullable<Spectrum['resonances']>

function paintResonances(plot: uPlot, resonances: Resonances): void {
  const { ctx, bbox } = plot
  const size = MARK_PX * devicePixelRatio
  ctx.save()
  ctx.fillStyle = cssColor('--ts-warn')
  for (const { frequencyHz } of resonances) {
    const x = plot.valToPos(frequencyHz, 'x', true)
    ctx.beginPath()
    ctx.moveTo(x - size / 2, bbox.top)
    ctx.lineTo(x + size / 2, bbox.top)
    ctx.lineTo(x, bbox.top + size)
    ctx.closePath()
    ctx.fill()
  }
  ctx.restore()
}

function buildData({ levels, guide, toleranceDb }: OctaveCurves): {
  data: uPlot.AlignedData
  topDb: number
} {
  const measured = levels.map((level) => level.levelDb)
  const known = [...measured, ...guide].filter((db) => db !== null)
  const topDb = Math.ceil((Math.max(-60, ...known) + 3) / STEP_DB) * STEP_DB
  const shift = (sign: number) =>
    guide.map((db, i) => (db === null ? null : db + sign * toleranceDb(levels[i]?.centreHz ?? 0)))
  const data: uPlot.AlignedData = [
    levels.map((level) => level.centreHz),
    shift(1),
    shift(-1),
    [...guide],
    measured,
  ]
  return { data, topDb }
}

function buildOptions(widthPx: number, topDb: number, resonances: Resonances): uPlot.Options {
  const muted = cssColor('--ts-muted')
  const axis = {
    stroke: muted,
    font: axisFont(),
    grid: { stroke: cssColor('--ts-line'), width: 1 },
    ticks: { show: false },
  }
  const ticks = Array.from(
    { length: SHOWN_BELOW_TOP_DB / STEP_DB + 1 },
    (_unused, index) => topDb - SHOWN_BELOW_TOP_DB + index * STEP_DB,
  )
  const spacing = widthPx < 420 ? 2 : 1
  return {
    width: widthPx,
    height: HEIGHT_PX,
    legend: { show: false },
    padding: [8, EDGE_PX, 0, 0],
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: false, distr: 3, log: 10, range: [LOWEST_HZ, HIGHEST_HZ] },
      y: { range: [topDb - SHOWN_BELOW_TOP_DB, topDb] },
    },
    axes: [
      {
        ...axis,
        size: 28,
        splits: () => TICKS_HZ,
        filter: (_plot, splits) => splits,
        values: (_plot, splits) =>
          splits.map((hz, index) => {
            if (index % spacing === 1) return ''
            return hz >= 1000 ? `${hz / 1000}k` : String(hz)
          }),
      },
      {
        ...axis,
        size: GUTTER_PX,
        gap: 6,
        splits: () => ticks,
        values: (_plot, splits) =>
          splits.map((db) => (db % (2 * STEP_DB) === 0 ? String(db).replace('-', '−') : '')),
      },
    ],
    series: [
      {},
      { stroke: 'transparent', width: 0, points: { show: false } },
      { stroke: 'transparent', width: 0, points: { show: false } },
      { stroke: cssColor('--ts-text'), width: 1, dash: [5, 4], points: { show: false } },
      {
        stroke: cssColor('--ts-accent'),
        width: 2,
        points: { show: true, size: 4, fill: cssColor('--ts-accent') },
      },
    ],
    bands: [{ series: [1, 2], fill: cssColor('--ts-accent-soft') }],
    hooks: { draw: [(plot) => paintResonances(plot, resonances)] },
  }
}

/**
 * Draws the third octaves of a track over a logarithmic frequency axis into `host`, beside a guide line.
 * @param onHover hears the index of the band under the pointer, or null
 * @returns a function that takes it down again
 */
export function mountOctavePlot(
  host: HTMLElement,
  curves: OctaveCurves,
  onHover: (band: number | null) => void,
): () => void {
  const { data, topDb } = buildData(curves)
  const options = buildOptions(host.clientWidth, topDb, curves.resonances)
  options.hooks = { ...options.hooks, setCursor: [(plot) => onHover(plot.cursor.idx ?? null)] }
  const plot = new uPlot(options, data, host)
  const resizing = new ResizeObserver(() => plot.setSize({ width: host.clientWidth, height: HEIGHT_PX }))
  resizing.observe(host)
  return () => {
    resizing.disconnect()
    plot.destroy()
  }
}
