import { roundTo } from './decibels.ts'
import type { TrackSpectrum } from './spectrum-meter.ts'

const FROM_HZ = 100
const TO_HZ = 12_000
/** Half the neighbourhood that a narrow peak is compared with. */
const NEIGHBOURHOOD = 2 ** (1 / 3)
const MIN_OVER_DB = 9
const MAX_LISTED = 8

/**
 * Narrow peaks of the long-term spectrum above the median of a third octave either side.
 * Held notes make such peaks too: a resonance is a place to listen, not a verdict.
 */
export function findResonances({ power, binHz }: TrackSpectrum): { frequencyHz: number; overDb: number }[] {
  const found: { frequencyHz: number; overDb: number }[] = []
  const last = Math.min(power.length - 2, Math.floor(TO_HZ / binHz))
  for (let k = Math.ceil(FROM_HZ / binHz); k <= last; k++) {
    const here = power[k] ?? 0
    if (here <= (power[k - 1] ?? 0) || here < (power[k + 1] ?? 0)) continue
    const around = power.slice(Math.floor(k / NEIGHBOURHOOD), Math.ceil(k * NEIGHBOURHOOD) + 1).sort()
    const median = around[around.length >> 1] ?? 0
    const overDb = median > 0 ? 10 * Math.log10(here / median) : 0
    if (overDb >= MIN_OVER_DB) found.push({ frequencyHz: roundTo(k * binHz, 1), overDb: roundTo(overDb, 1) })
  }
  return found.sort((a, b) => b.overDb - a.overDb || a.frequencyHz - b.frequencyHz).slice(0, MAX_LISTED)
}
