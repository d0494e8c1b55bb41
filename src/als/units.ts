import { amplitudeToDb, type Db, type Hz } from '../core/units.ts'

/** Live stores a fader at −∞ as this amplitude, −70 dB; it is the lowest value the knob has. */
export const CLOSED_FADER_AMPLITUDE = 0.000_316_227_8

/** A fader or send as decibels, to 0.0001 dB; null when it is closed (−∞) or not stored. */
export function faderDb(amplitude: number | null): Db | null {
  return amplitude === null || amplitude <= CLOSED_FADER_AMPLITUDE ? null : gainDb(amplitude)
}

/** A linear gain as decibels, to 0.0001 dB; null for silence or when not stored. */
export function gainDb(amplitude: number | null): Db | null {
  if (amplitude === null) return null
  const db = amplitudeToDb(amplitude)
  return db === null ? null : rounded(db, 4)
}

/** Frequency of a MIDI note number that may have a fraction; 69 = 440 Hz. */
export function noteToHz(note: number): Hz {
  return rounded(440 * 2 ** ((note - 69) / 12), 3)
}

export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale + 0
}
