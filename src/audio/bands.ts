import type { Band } from './contract.ts'
import { powerDb, rounded } from './decibels.ts'
import { powerBetween, type TrackSpectrum } from './spectrum-meter.ts'
import { THIRD_OCTAVES } from './third-octaves.ts'

/** The seven bands that people speak in. Edges in Hz. */
export const BANDS = [
  { name: 'Sub', fromHz: 20, toHz: 60 },
  { name: 'Low', fromHz: 60, toHz: 200 },
  { name: 'Low-mid', fromHz: 200, toHz: 500 },
  { name: 'Mid', fromHz: 500, toHz: 2000 },
  { name: 'High-mid', fromHz: 2000, toHz: 6000 },
  { name: 'Presence', fromHz: 6000, toHz: 12_000 },
  { name: 'Air', fromHz: 12_000, toHz: 20_000 },
] as const

/**
 * Energy of each band relative to all seven together, and how far it rises above its own mean over time.
 * @returns shareDb ≤ 0 dB and crestDb ≥ 0 dB; null in silence and for a band above half the sample rate
 */
export function bandsOverTime(spectrum: TrackSpectrum): Band[] {
  const powers = BANDS.map(({ fromHz, toHz }) => powerBetween(spectrum, fromHz, toHz))
  const all = powers.reduce((sum, power) => sum + power, 0)
  return BANDS.map((band, i) => ({
    ...band,
    shareDb: all > 0 ? rounded(powerDb((powers[i] ?? 0) / all), 3) : null,
    crestDb: rounded(bandCrest(spectrum, band.fromHz, band.toHz), 2),
  }))
}

/** 95th percentile over mean of the power of the windows, from the third octaves whose centres lie in the band. */
function bandCrest({ bandPowers, frames }: TrackSpectrum, fromHz: number, toHz: number): number | null {
  const bands = [...THIRD_OCTAVES.keys()].filter((i) => {
    const { centreHz } = THIRD_OCTAVES[i] ?? { centreHz: 0 }
    return centreHz >= fromHz && centreHz < toHz
  })
  const powers = new Float64Array(frames)
  for (let frame = 0; frame < frames; frame++) {
    for (const band of bands) {
      powers[frame] = (powers[frame] ?? 0) + (bandPowers[frame * THIRD_OCTAVES.length + band] ?? 0)
    }
  }
  const mean = powers.reduce((sum, power) => sum + power, 0) / Math.max(1, frames)
  const high = powers.sort()[Math.floor((frames - 1) * 0.95)] ?? 0
  return mean > 0 ? powerDb(high / mean) : null
}
