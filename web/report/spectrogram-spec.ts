import type uPlot from 'uplot'
import type { Spectrum } from '../../src/audio/contract.ts'
import { levelColors } from './level-colors.ts'
import type { PlotSpec } from './time-plot.ts'

export type Spectrogram = NonNullable<Spectrum['spectrogram']>

const HEIGHT_PX = 172
/** What lies further below the loudest cell looks like silence. */
const SHOWN_BELOW_TOP_DB = 72
const LABELLED_HZ = [63, 250, 1000, 4000, 16_000] as const

/** One pixel per step and band, low bands at the bottom: drawn once, then only stretched. */
function drawCells(spectrogram: Spectrogram, scheme: 'light' | 'dark'): HTMLCanvasElement | null {
  const width = spectrogram.levelsDb.length
  const height = spectrogram.bandsHz.length
  if (width === 0 || height === 0) return null
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) return null
  const image = context.createImageData(width, height)
  const colors = levelColors(scheme)
  const topDb = loudestDb(spectrogram)
  spectrogram.levelsDb.forEach((levels, column) => {
    levels.forEach((levelDb, band) => {
      const share = Math.min(Math.max(1 + (levelDb - topDb) / SHOWN_BELOW_TOP_DB, 0), 1)
      const color = colors[Math.round(share * (colors.length - 1))] ?? [0, 0, 0]
      image.data.set([...color, 255], ((height - 1 - band) * width + column) * 4)
    })
  })
  context.putImageData(image, 0, 0)
  return canvas
}

/** The loudest cell in dB of full scale. */
export function loudestDb(spectrogram: Spectrogram): number {
  let top = -SHOWN_BELOW_TOP_DB
  for (const levels of spectrogram.levelsDb) for (const level of levels) if (level > top) top = level
  return top
}

function paintCells(plot: uPlot, cells: HTMLCanvasElement, stepSeconds: number): void {
  const { ctx, bbox } = plot
  const left = plot.valToPos(0, 'x', true)
  const right = plot.valToPos(cells.width * stepSeconds, 'x', true)
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.imageSmoothingEnabled = false
  ctx.drawImage(cells, left, bbox.top, right - left, bbox.height)
  ctx.restore()
}

/** Third octaves over time as colours; the vertical axis counts bands, so octaves are equally high. */
export function spectrogramSpec(
  spectrogram: Spectrogram,
  scheme: 'light' | 'dark',
  onHoverY: (value: number | null) => void,
): PlotSpec {
  const labelled = LABELLED_HZ.filter((hz) => spectrogram.bandsHz.includes(hz))
  const cells = drawCells(spectrogram, scheme)
  const lengthSeconds = spectrogram.levelsDb.length * spectrogram.stepSeconds
  return {
    heightPx: HEIGHT_PX,
    data: [
      [0, lengthSeconds],
      [null, null],
    ],
    series: [{ color: '--ts-accent', widthPx: 0 }],
    yRange: [0, spectrogram.bandsHz.length],
    yTicks: labelled.map((hz) => spectrogram.bandsHz.indexOf(hz) + 0.5),
    yLabels: labelled.map((hz) => (hz >= 1000 ? `${hz / 1000}k` : String(hz))),
    showsTime: true,
    paintOver: (plot) => {
      if (cells !== null) paintCells(plot, cells, spectrogram.stepSeconds)
    },
    onHoverY,
  }
}

/** The cell at a place: its band and level; without a band, the loudest one there. */
export function cellAt(spectrogram: Spectrogram, seconds: number, bandPlace: number | null) {
  const { levelsDb, stepSeconds, bandsHz } = spectrogram
  const column = Math.min(Math.max(Math.floor(seconds / stepSeconds), 0), levelsDb.length - 1)
  const levels = levelsDb[column] ?? []
  const band = bandPlace === null ? levels.indexOf(Math.max(...levels)) : Math.floor(bandPlace)
  const levelDb = levels[band]
  const centreHz = bandsHz[band]
  return levelDb === undefined || centreHz === undefined ? null : { centreHz, levelDb }
}
