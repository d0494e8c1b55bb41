/** Unit names for numbers that cross a border; the value is a plain number, the name says what it counts. */
export type Lufs = number
export type Lu = number
export type Dbtp = number
export type Dbfs = number
export type Db = number
export type Hz = number
export type Bpm = number
export type Beats = number
export type Seconds = number

/** A linear amplitude as decibels; null for silence, because −∞ is not a JSON number. */
export function amplitudeToDb(amplitude: number): Db | null {
  return amplitude > 0 ? 20 * Math.log10(amplitude) : null
}
