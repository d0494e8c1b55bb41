/** Taps of each phase of the quick interpolator that looks at every sample. Source: ITU-R BS.1770-5 Annex 2 (12 taps, 4×). */
export const QUICK_TAPS = 12
/** Half length and phases of the careful interpolator that looks again at the highest places. */
export const CAREFUL_HALF = 64
export const CAREFUL_PHASES = 16
const CAREFUL_KAISER_BETA = 8

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** Taps that interpolate the instant `fraction` after the middle sample; unity gain at DC. */
function phase(fraction: number, taps: number, window: (x: number) => number): number[] {
  const half = taps / 2
  const row = Array.from({ length: taps }, (_, k) => {
    const x = k - half + 1 - fraction
    return sinc(x) * window(x / half)
  })
  const gain = row.reduce((sum, tap) => sum + tap, 0)
  return row.map((tap) => tap / gain)
}

const hann = (x: number): number => 0.5 + 0.5 * Math.cos(Math.PI * x)

/** Modified Bessel function of order zero, by its power series. */
function bessel0(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

const kaiser = (x: number): number =>
  bessel0(CAREFUL_KAISER_BETA * Math.sqrt(Math.max(0, 1 - x * x))) / bessel0(CAREFUL_KAISER_BETA)

/** The quick taps as the kernel folds them: for each of 6 mirror pairs (sum/2, difference/2) of the ¼ phase, and the ½ phase; each four times over. */
export function quickTaps(): Float32Array {
  const quarter = phase(0.25, QUICK_TAPS, hann)
  const middle = phase(0.5, QUICK_TAPS, hann)
  return Float32Array.from(
    Array.from({ length: QUICK_TAPS / 2 }, (_, k) => {
      const near = quarter[k] ?? 0
      const far = quarter[QUICK_TAPS - 1 - k] ?? 0
      return [(near + far) / 2, (near - far) / 2, middle[k] ?? 0].flatMap((tap) => Array<number>(4).fill(tap))
    }).flat(),
  )
}

/** The careful taps, one row per sixteenth of a sample. */
export function carefulTaps(): Float32Array {
  return Float32Array.from(
    Array.from({ length: CAREFUL_PHASES }, (_, j) =>
      phase(j / CAREFUL_PHASES, 2 * CAREFUL_HALF, kaiser),
    ).flat(),
  )
}
