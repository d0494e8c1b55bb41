/** A second-order section with a0 = 1. */
export interface Biquad {
  b: readonly [number, number, number]
  a: readonly [number, number]
}

/**
 * The two stages of K-weighting for any sample rate: the standard's 48 kHz filters traced back to their analogue
 * prototypes (high shelf +4 dB at 1.68 kHz, high-pass at 38 Hz) and transformed again, as every conforming meter does.
 * Source: ITU-R BS.1770-5 Annex 1 tables 1 and 2; at 48 kHz these coefficients equal the tables to 10 digits.
 */
export function kWeighting(sampleRateHz: number): readonly [shelf: Biquad, highPass: Biquad] {
  return [shelf(sampleRateHz), highPass(sampleRateHz)]
}

function shelf(sampleRateHz: number): Biquad {
  const frequencyHz = 1681.974450955533
  const gainDb = 3.999843853973347
  const q = 0.7071752369554196
  const k = Math.tan((Math.PI * frequencyHz) / sampleRateHz)
  const high = 10 ** (gainDb / 20)
  const middle = high ** 0.4996667741545416
  const a0 = 1 + k / q + k * k
  return {
    b: [
      (high + (middle * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (middle * k) / q + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  }
}

function highPass(sampleRateHz: number): Biquad {
  const frequencyHz = 38.13547087602444
  const q = 0.5003270373238773
  const k = Math.tan((Math.PI * frequencyHz) / sampleRateHz)
  const a0 = 1 + k / q + k * k
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] }
}
