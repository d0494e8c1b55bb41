import type { EqBand } from './song.ts'
import { SAMPLE_RATE_HZ } from './voices.ts'

/** Filters of the Audio EQ Cookbook (R. Bristow-Johnson), which the bells and shelves of EQ Eight are near to. */
interface Coefficients {
  b0: number
  b1: number
  b2: number
  a1: number
  a2: number
}

export function coefficientsOf({ type, freqHz, gainDb, q }: EqBand): Coefficients {
  const w = (2 * Math.PI * Math.min(freqHz, SAMPLE_RATE_HZ * 0.45)) / SAMPLE_RATE_HZ
  const cos = Math.cos(w)
  const alpha = Math.sin(w) / (2 * q)
  const a = 10 ** (gainDb / 40)
  if (type === 'bell')
    return over(1 + alpha / a, 1 + alpha * a, -2 * cos, 1 - alpha * a, -2 * cos, 1 - alpha / a)
  if (type === 'low-shelf' || type === 'high-shelf')
    return shelf(type === 'low-shelf' ? 1 : -1, cos, alpha, a)
  if (type === 'high-cut-12')
    return over(1 + alpha, (1 - cos) / 2, 1 - cos, (1 - cos) / 2, -2 * cos, 1 - alpha)
  return over(1 + alpha, (1 + cos) / 2, -(1 + cos), (1 + cos) / 2, -2 * cos, 1 - alpha)
}

function shelf(sign: number, cos: number, alpha: number, a: number): Coefficients {
  const root = 2 * Math.sqrt(a) * alpha
  const c = sign * cos
  return over(
    a + 1 + (a - 1) * c + root,
    a * (a + 1 - (a - 1) * c + root),
    sign * 2 * a * (a - 1 - (a + 1) * c),
    a * (a + 1 - (a - 1) * c - root),
    -sign * 2 * (a - 1 + (a + 1) * c),
    a + 1 + (a - 1) * c - root,
  )
}

function over(a0: number, b0: number, b1: number, b2: number, a1: number, a2: number): Coefficients {
  return { b0: b0 / a0, b1: b1 / a0, b2: b2 / a0, a1: a1 / a0, a2: a2 / a0 }
}

/** Filters one channel in place. */
export function filter(channel: Float32Array, band: EqBand): void {
  const { b0, b1, b2, a1, a2 } = coefficientsOf(band)
  let x1 = 0
  let x2 = 0
  let y1 = 0
  let y2 = 0
  for (let i = 0; i < channel.length; i++) {
    const x = channel[i] ?? 0
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2 + 1e-20
    x2 = x1
    x1 = x
    y2 = y1
    y1 = y
    channel[i] = y
  }
}
