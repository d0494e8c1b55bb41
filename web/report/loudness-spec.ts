import type { AudioMeasures } from '../../src/audio/contract.ts'
import type { PlotSpec } from './time-plot.ts'

const HEIGHT_PX = 196
const STEP_LU = 6
const ROOM_ABOVE_LU = 1
const SHOWN_BELOW_TOP_LU = 36
const TOP_WHEN_SILENT_LUFS = 0

/** Plots start on a step of 6 LU above the loudest moment and reach down 36 LU; quieter is cut off. */
function yRangeOf(loudness: AudioMeasures['loudness']): [number, number] {
  const loudest = loudness.momentaryMaxLufs
  const top =
    loudest === null ? TOP_WHEN_SILENT_LUFS : Math.ceil((loudest + ROOM_ABOVE_LU) / STEP_LU) * STEP_LU
  return [top - SHOWN_BELOW_TOP_LU, top]
}

/** Momentary and short-term loudness over time, and the integrated value as a line across. */
export function loudnessSpec(loudness: AudioMeasures['loudness']): PlotSpec {
  const { stepSeconds, momentaryLufs, shortTermLufs } = loudness.curve
  const seconds = momentaryLufs.map((_value, index) => (index + 1) * stepSeconds)
  const [bottom, top] = yRangeOf(loudness)
  const ticks = Array.from(
    { length: SHOWN_BELOW_TOP_LU / STEP_LU + 1 },
    (_unused, step) => top - step * STEP_LU,
  )
  return {
    heightPx: HEIGHT_PX,
    data: [seconds, momentaryLufs, shortTermLufs, seconds.map(() => loudness.integratedLufs)],
    series: [
      { color: '--ts-trace', widthPx: 1 },
      { color: '--ts-accent', widthPx: 2 },
      { color: '--ts-text', widthPx: 1, dash: [5, 4] },
    ],
    yRange: [bottom, top],
    yTicks: ticks,
    showsTime: true,
  }
}

/** The curves' values at a place in the track; null where nothing was measured. */
export function loudnessAt(loudness: AudioMeasures['loudness'], seconds: number) {
  const { stepSeconds, momentaryLufs, shortTermLufs } = loudness.curve
  const index = Math.min(Math.max(Math.round(seconds / stepSeconds) - 1, 0), momentaryLufs.length - 1)
  return { momentaryLufs: momentaryLufs[index] ?? null, shortTermLufs: shortTermLufs[index] ?? null }
}
