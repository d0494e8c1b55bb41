import type { Band } from './contract.ts'
import { powerDb, rounded } from './decibels.ts'
import { BANDS } from './seven-bands.ts'
import { powerBetween, type TrackSpectrum } from './spectrum-meter.ts'
import { THIRD_OCTAVES } from './third-octaves.ts'

/** Power of each of the seven bands in each window, from the third octaves whose centres lie in it. */
export function bandPowersOverTime({ bandPowers, frames }: TrackSpectrum): Float64Array[] {
  return BANDS.map(({ fromHz, toHz }) => {
    const first = THIRD_OCTAVES.findIndex(({ centreHz }) => centreHz >= fromHz)
    const end = THIRD_OCTAVES.findLastIndex(({ centreHz }) => centreHz < toHz) + 1
    const powers = new Float64Array(frames)
    for (let frame = 0; frame < frames; frame++) {
      let sum = 0
      for (let i = first; i < end; i++) sum += bandPowers[frame * THIRD_OCTAVES.length + i] ?? 0
      powers[frame] = sum
    }
    return powers
  })
}

/**
 * Energy of each band relative to all seven together, and how far it rises above its own mean over time.
 * @param overTime power of each band in each window
 * @returns shareDb ≤ 0 dB and crestDb ≥ 0 dB; null in silence and for a band above half the sample rate
 */
export function summariseBands(spectrum: TrackSpectrum, overTime: readonly Float64Array[]): Band[] {
  const powers = BANDS.map(({ fromHz, toHz }) => powerBetween(spectrum, fromHz, toHz))
  const all = powers.reduce((sum, power) => sum + power, 0)
  return BANDS.map((band, i) => ({
    ...band,
    shareDb: all > 0 ? rounded(powerDb((powers[i] ?? 0) / all), 3) : null,
    crestDb: rounded(crestOf(overTime[i] ?? new Float64Array(0)), 2),
  }))
}

/** 95th percentile over mean, dB. */
function crestOf(powers: Float64Array): number | null {
  let sum = 0
  for (const power of powers) sum += power
  const high = powers.toSorted()[Math.floor((powers.length - 1) * 0.95)] ?? 0
  return sum > 0 ? powerDb((high * powers.length) / sum) : null
}
