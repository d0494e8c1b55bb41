import type { Band } from './contract.ts'
import { powerDb, rounded } from './decibels.ts'
import type { TrackSpectrum } from './spectrum-meter.ts'

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

/** Power between two frequencies; a bin that straddles an edge counts by the part inside. */
export function powerBetween({ binHz, power }: TrackSpectrum, fromHz: number, toHz: number): number {
  const first = Math.max(0, Math.floor(fromHz / binHz - 0.5))
  let sum = 0
  for (let k = first; k < power.length && (k - 0.5) * binHz < toHz; k++) {
    const inside = Math.min(toHz / binHz, k + 0.5) - Math.max(fromHz / binHz, k - 0.5)
    if (inside > 0) sum += (power[k] ?? 0) * Math.min(1, inside)
  }
  return sum
}

/**
 * Energy of each band relative to all seven together.
 * @returns shareDb ≤ 0 dB; null in silence and for a band above half the sample rate
 */
export function measureBands(spectrum: TrackSpectrum): Band[] {
  const powers = BANDS.map(({ fromHz, toHz }) => powerBetween(spectrum, fromHz, toHz))
  const all = powers.reduce((sum, power) => sum + power, 0)
  return BANDS.map((band, i) => ({
    ...band,
    shareDb: all > 0 ? rounded(powerDb((powers[i] ?? 0) / all), 3) : null,
  }))
}
