import type { Report } from './contract.ts'
import type { Comparable } from './track-profile.ts'

/** What a stored report holds to compare with; null for a Live set alone. */
export function comparableOf(report: Report): Comparable | null {
  const { source, loudness, peaks, dynamics, spectrum, stereo } = report
  if (!source || !loudness || !peaks || !dynamics || !spectrum || !stereo) return null
  const { rhythm, tonality, structure, faults, delivery, codecs } = report
  const sure = { source, loudness, peaks, dynamics, spectrum, stereo }
  return { ...sure, rhythm, tonality, structure, faults, delivery, codecs }
}
