import { type Biquad, kWeighting } from '../audio/k-weighting.ts'

/** Any rate well above the highest third octave gives the same weights to 0.1 dB. */
const DESIGN_RATE_HZ = 96_000

const filters = kWeighting(DESIGN_RATE_HZ)

/** Gain of the K-weighting at one frequency in dB: about 0 at 500 Hz, +4 in the highs. Source: ITU-R BS.1770-5 Annex 1. */
export function kWeightDb(frequencyHz: number): number {
  const power = filters.reduce((product, filter) => product * powerResponse(filter, frequencyHz), 1)
  return 10 * Math.log10(power)
}

function powerResponse({ b, a }: Biquad, frequencyHz: number): number {
  const w = (2 * Math.PI * frequencyHz) / DESIGN_RATE_HZ
  return squaredSize(b[0], b[1], b[2], w) / squaredSize(1, a[0], a[1], w)
}

/** |c0 + c1·z⁻¹ + c2·z⁻²|² on the unit circle. */
function squaredSize(c0: number, c1: number, c2: number, w: number): number {
  const real = c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w)
  const imaginary = c1 * Math.sin(w) + c2 * Math.sin(2 * w)
  return real * real + imaginary * imaginary
}

/**
 * How loud a spectrum is: the K-weighted sum of its third octaves. Levels minus this are those of a track turned to
 * equal loudness, whatever its gain was.
 * @returns dB, null in silence
 */
export function spectrumLoudnessDb(
  levels: readonly { centreHz: number; levelDb: number | null }[],
): number | null {
  let power = 0
  for (const { centreHz, levelDb } of levels)
    if (levelDb !== null) power += 10 ** ((levelDb + kWeightDb(centreHz)) / 10)
  return power > 0 ? 10 * Math.log10(power) : null
}
