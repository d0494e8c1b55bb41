/** The fault of a spectrum as the equaliser that would cause it. */
export interface FaultShape {
  kind: 'bell' | 'low shelf' | 'high shelf'
  centreHz: number
  q: number
  /** Direction of the fault: +1 too much, −1 too little. */
  sign: 1 | -1
}

const SAMPLE_RATE_HZ = 44_100

/**
 * Gain of an equaliser band at a frequency, in dB. Source: R. Bristow-Johnson's equaliser formulas (the common digital bell
 * and shelves), at 44.1 kHz.
 */
export function shapeGainDb({ kind, centreHz, q }: FaultShape, gainDb: number, frequencyHz: number): number {
  const a = 10 ** (gainDb / 40)
  const w = (2 * Math.PI * centreHz) / SAMPLE_RATE_HZ
  const c = Math.cos(w)
  const alpha = Math.sin(w) / (2 * q)
  const [b0, b1, b2, a0, a1, a2] =
    kind === 'bell'
      ? [1 + alpha * a, -2 * c, 1 - alpha * a, 1 + alpha / a, -2 * c, 1 - alpha / a]
      : shelf(a, kind === 'low shelf' ? c : -c, 2 * Math.sqrt(a) * alpha, kind === 'low shelf' ? 1 : -1)
  const angle = (2 * Math.PI * frequencyHz) / SAMPLE_RATE_HZ
  const power = (x0: number, x1: number, x2: number) =>
    (x0 + x1 * Math.cos(angle) + x2 * Math.cos(2 * angle)) ** 2 +
    (x1 * Math.sin(angle) + x2 * Math.sin(2 * angle)) ** 2
  return 10 * Math.log10(power(b0, b1, b2) / power(a0, a1, a2))
}

/** Both shelves are one formula, mirrored: cosine and the odd coefficients change sign. */
function shelf(a: number, c: number, root: number, mirror: 1 | -1) {
  return [
    a * (a + 1 - (a - 1) * c + root),
    mirror * 2 * a * (a - 1 - (a + 1) * c),
    a * (a + 1 - (a - 1) * c - root),
    a + 1 + (a - 1) * c + root,
    mirror * -2 * (a - 1 + (a + 1) * c),
    a + 1 + (a - 1) * c - root,
  ] as const
}

/** Centres follow the fault bands of the field (mud 100–300, boxy 300–500, harsh 2–3.5 k, sibilance 4–10 k, boom < 200 Hz). */
export const FAULT_SHAPES = {
  mud: { kind: 'bell', centreHz: 300, q: 0.7, sign: 1 },
  harsh: { kind: 'bell', centreHz: 3500, q: 1, sign: 1 },
  boomy: { kind: 'low shelf', centreHz: 60, q: Math.SQRT1_2, sign: 1 },
  dull: { kind: 'high shelf', centreHz: 8000, q: Math.SQRT1_2, sign: -1 },
  sibilant: { kind: 'bell', centreHz: 8000, q: 2, sign: 1 },
  'thin-low-end': { kind: 'low shelf', centreHz: 150, q: Math.SQRT1_2, sign: -1 },
  boxy: { kind: 'bell', centreHz: 450, q: 2, sign: 1 },
} as const satisfies Record<string, FaultShape>
