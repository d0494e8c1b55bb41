import type { Rhythm } from './contract.ts'
import { roundTo } from './decibels.ts'

/** Highest value of one stored row. */
const FULL = 255

type Stored = NonNullable<Rhythm['onsets']>

/** How strongly a beat is expected every 10 ms, one byte each: enough to find beats of another tempo without the audio. */
export function packStrength(strength: Float64Array, rowsPerSecond: number, offsetSeconds: number): Stored {
  const highest = strength.reduce((most, value) => Math.max(most, value), 0)
  const rows = Uint8Array.from(strength, (value) => (highest > 0 ? Math.round((FULL * value) / highest) : 0))
  return {
    rowsPerSecond,
    offsetSeconds: roundTo(offsetSeconds, 4),
    strength: Buffer.from(rows).toString('base64'),
  }
}

/** The same curve again, to one part in 255 of its highest value; mean square 1, as beats are tracked. */
export function unpackStrength({ strength }: Stored): Float64Array {
  const rows = Float64Array.from(Buffer.from(strength, 'base64'))
  const power = rows.reduce((sum, value) => sum + value * value, 0) / Math.max(1, rows.length)
  return power > 0 ? rows.map((value) => value / Math.sqrt(power)) : rows
}
