import type { Dynamics } from './contract.ts'
import { powerDb, roundTo } from './decibels.ts'
import { HOPS_PER_SECOND } from './hop-grid.ts'
import { type Levels, sumOver } from './level-meter.ts'
import { BANDS } from './seven-bands.ts'

const MAX_CURVE_POINTS = 600
const MAX_BAND_POINTS = 60
/** A stretch quieter than this (RMS, full scale = 1) has no dynamics: −60 dBFS. */
const QUIET_POWER = 1e-6
/** A point of a band's curve needs this many windows: about a second. */
const MIN_WINDOWS = 22

/** Peak minus RMS of a stretch of hops; `to` is not included. @returns dB; a sine has 3.01; null below −60 dBFS RMS */
export function crestOf({ channels, hopFrames }: Levels, from: number, to: number): number | null {
  let squares = 0
  let peak = 0
  for (const { hopSquares, hopPeaks } of channels) {
    squares += sumOver(hopSquares, from, to)
    for (let hop = from; hop < to; hop++) peak = Math.max(peak, hopPeaks[hop] ?? 0)
  }
  const power = squares / Math.max(1, sumOver(hopFrames, from, to)) / channels.length
  if (power < QUIET_POWER) return null
  const db = powerDb((peak * peak) / power)
  return db === null ? null : roundTo(db, 1)
}

/** Crest over time, at least a second a point. */
export function crestCurve(levels: Levels): NonNullable<Dynamics['crestCurve']> {
  const hops = levels.hopFrames.length
  const group = Math.max(HOPS_PER_SECOND, Math.ceil(hops / MAX_CURVE_POINTS))
  return {
    stepSeconds: group / HOPS_PER_SECOND,
    crestDb: Array.from({ length: Math.ceil(hops / group) }, (_, i) =>
      crestOf(levels, i * group, Math.min(hops, (i + 1) * group)),
    ),
  }
}

/** Highest over mean power of the windows (93 ms) of each band, at most 60 points of at least a second; dB ≥ 0. */
export function bandCrestCurve(
  bandPowers: readonly Float64Array[],
  stepSeconds: number,
): NonNullable<Dynamics['bandCrestCurve']> {
  const frames = bandPowers[0]?.length ?? 0
  const group = Math.max(MIN_WINDOWS, Math.ceil(frames / MAX_BAND_POINTS))
  return {
    stepSeconds: roundTo(group * stepSeconds, 6),
    bands: BANDS.map(({ name }, band) => ({
      name,
      crestDb: Array.from({ length: Math.ceil(frames / group) }, (_, i) =>
        highestOverMean(
          bandPowers[band] ?? new Float64Array(0),
          i * group,
          Math.min(frames, (i + 1) * group),
        ),
      ),
    })),
  }
}

function highestOverMean(powers: Float64Array, from: number, to: number): number | null {
  let highest = 0
  for (let i = from; i < to; i++) highest = Math.max(highest, powers[i] ?? 0)
  // A full-scale sine has power 1 here, −3 dBFS RMS.
  if (highest < QUIET_POWER) return null
  return roundTo(powerDb((highest * (to - from)) / sumOver(powers, from, to)) ?? 0, 1)
}
