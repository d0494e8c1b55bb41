import type { Waveform } from './contract.ts'
import { roundTo } from './decibels.ts'
import { HOPS_PER_SECOND } from './hop-grid.ts'
import type { Levels } from './level-meter.ts'

/** Points of the waveform at most: enough for a wide screen, small enough to send. */
const MAX_WAVEFORM_POINTS = 4000

/** The extremes over all channels, per point of 10 ms or a multiple of it; linear amplitude. */
export function drawWaveform(
  { hopLows, hopHighs }: Pick<Levels, 'hopLows' | 'hopHighs'>,
  hopsPerPoint = Math.max(1, Math.ceil(hopLows.length / MAX_WAVEFORM_POINTS)),
): Waveform {
  return {
    secondsPerPoint: hopsPerPoint / HOPS_PER_SECOND,
    min: reduced(hopLows, hopsPerPoint, Math.min),
    max: reduced(hopHighs, hopsPerPoint, Math.max),
  }
}

function reduced(values: Float64Array, group: number, pick: (...values: number[]) => number): number[] {
  return Array.from({ length: Math.ceil(values.length / group) }, (_, i) =>
    roundTo(pick(...values.subarray(i * group, (i + 1) * group)), 3),
  )
}
