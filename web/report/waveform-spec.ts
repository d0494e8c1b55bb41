import type { Report } from '../../src/report/contract.ts'
import { paintBeatGrid } from './beat-grid.ts'
import { paintPeakMarks } from './peak-marks.ts'
import type { PlotSpec } from './time-plot.ts'

const HEIGHT_PX = 112
const FULL_SCALE = 1

/** The waveform as a filled shape between its lowest and highest sample per point; ±1 is full scale. */
export function waveformSpec(
  waveform: NonNullable<Report['waveform']>,
  { peaks, rhythm }: Pick<Report, 'peaks' | 'rhythm'>,
): PlotSpec {
  const seconds = waveform.min.map((_value, index) => (index + 0.5) * waveform.secondsPerPoint)
  return {
    heightPx: HEIGHT_PX,
    data: [seconds, waveform.max, waveform.min],
    series: [
      { color: '--ts-accent', widthPx: 1 },
      { color: '--ts-accent', widthPx: 1 },
    ],
    fillBetween: { upper: 0, lower: 1, color: '--ts-accent' },
    yRange: [-FULL_SCALE, FULL_SCALE],
    yTicks: [0],
    showsTime: false,
    paintUnder: (plot) => {
      if (rhythm !== null && rhythm !== undefined) paintBeatGrid(plot, rhythm)
    },
    paintOver: (plot) => {
      if (peaks !== null) paintPeakMarks(plot, peaks)
    },
  }
}
