import type { Resonance } from './contract.ts'
import { roundTo } from './decibels.ts'
import { presenceOf } from './resonance-presence.ts'
import type { TrackSpectrum } from './spectrum-meter.ts'

const FROM_HZ = 100
const TO_HZ = 12_000
/** Half the neighbourhood that a narrow peak is compared with. */
const NEIGHBOURHOOD = 2 ** (1 / 3)
const MIN_OVER_DB = 9
const MAX_LISTED = 8

/**
 * Narrow peaks of the long-term spectrum above the median of a third octave either side, and when they are there.
 * Held notes make such peaks too: a resonance is a place to listen, not a verdict.
 */
export function findResonances(spectrum: TrackSpectrum): Resonance[] {
  const { power, binHz } = spectrum
  const found: { bin: number; overDb: number }[] = []
  const last = Math.min(power.length - 2, Math.floor(TO_HZ / binHz))
  for (let k = Math.ceil(FROM_HZ / binHz); k <= last; k++) {
    const here = power[k] ?? 0
    if (here <= (power[k - 1] ?? 0) || here < (power[k + 1] ?? 0)) continue
    const around = power.subarray(Math.floor(k / NEIGHBOURHOOD), Math.ceil(k * NEIGHBOURHOOD) + 1)
    if (!standsOut(here, around)) continue
    const median = around.toSorted()[around.length >> 1] ?? 0
    const overDb = median > 0 ? 10 * Math.log10(here / median) : 0
    if (overDb >= MIN_OVER_DB) found.push({ bin: k, overDb: roundTo(overDb, 1) })
  }
  return found
    .sort((a, b) => b.overDb - a.overDb || a.bin - b.bin)
    .slice(0, MAX_LISTED)
    .map(({ bin, overDb }) => ({
      frequencyHz: roundTo(bin * binHz, 1),
      overDb,
      ...presenceOf(bin, spectrum.rows),
    }))
}

/** Whether at least about half of the values lie far enough below; sorting them to be exact is dear. */
function standsOut(here: number, around: Float64Array): boolean {
  const limit = here / 10 ** ((MIN_OVER_DB - 0.1) / 10)
  let higher = 0
  for (let i = 0; i < around.length; i++) if ((around[i] ?? 0) > limit) higher++
  return higher <= around.length >> 1
}
