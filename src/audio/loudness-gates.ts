import type { Lu, Lufs } from '../core/units.ts'

/** Below this the curves show silence rather than the noise of rounding. */
const FLOOR_LUFS = -120
const ABSOLUTE_GATE_LUFS = -70
const INTEGRATED_GATE_LU = -10
const RANGE_GATE_LU = -20

/** Loudness of a mean weighted power, or null in silence. Source: ITU-R BS.1770-5 Annex 1 eq. 2. */
export function lufs(meanPower: number): Lufs | null {
  if (!(meanPower > 0)) return null
  const loudness = -0.691 + 10 * Math.log10(meanPower)
  return loudness < FLOOR_LUFS ? null : loudness
}

/** The mean weighted power that a loudness stands for. */
export const powerOfLufs = (loudness: Lufs): number => 10 ** ((loudness + 0.691) / 10)

/** The powers above the absolute gate and above the relative one, which hangs on the mean of the former. */
function gate(powers: Float64Array, relativeLu: Lu): Float64Array {
  const audible = powers.filter((power) => power > powerOfLufs(ABSOLUTE_GATE_LUFS))
  const threshold = mean(audible) * 10 ** (relativeLu / 10)
  return audible.filter((power) => power > threshold)
}

function mean(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return values.length === 0 ? 0 : sum / values.length
}

/**
 * Integrated loudness of 400 ms blocks that overlap by 75 %.
 * @returns LUFS, or null when no block is above the −70 LUFS gate. Source: ITU-R BS.1770-5 Annex 1 eq. 3–7.
 */
export function gatedLoudness(blockPowers: Float64Array): Lufs | null {
  return lufs(mean(gate(blockPowers, INTEGRATED_GATE_LU)))
}

/**
 * Loudness range: 95th minus 10th percentile of the gated short-term loudness.
 * @returns LU ≥ 0, or null when no short-term value is above the gates. Source: EBU Tech 3342 §4.
 */
export function loudnessRange(shortTermPowers: Float64Array): Lu | null {
  const sorted = gate(shortTermPowers, RANGE_GATE_LU).sort()
  const low = lufs(percentile(sorted, 0.1))
  const high = lufs(percentile(sorted, 0.95))
  return low === null || high === null ? null : high - low
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.round((sorted.length - 1) * share)] ?? 0
}
