import type { Report } from '../report/contract.ts'
import { clock, number } from './offline-words.ts'

const MOST_RANGES = 4
const SMALLEST_DIFFERENCE_DB = 1

function signed(value: number, unit: string, path: string): string {
  return `${value > 0 ? '+' : ''}${number(value, unit, path)}`
}

/** What this version does otherwise than the earlier one. */
export function aboutChanges({ changes }: Report): string {
  if (!changes) return 'No earlier version was given: upload the next one as a new version of this track.'
  if (changes.reason !== null)
    return 'The two versions could not be laid over each other [changes.confidence].'
  if (changes.isUnchanged)
    return 'Laid over the earlier version, nothing differs by more than its threshold [changes.confidence].'
  const numbers = [
    changes.integratedLu !== null && `loudness ${signed(changes.integratedLu, 'LU', 'changes.integratedLu')}`,
    changes.truePeakDb !== null && `true peak ${signed(changes.truePeakDb, 'dB', 'changes.truePeakDb')}`,
    changes.plrDb !== null && `PLR ${signed(changes.plrDb, 'dB', 'changes.plrDb')}`,
    changes.clips !== null &&
      changes.clips !== 0 &&
      `clips ${signed(changes.clips, '', 'changes.clips').replace(/\.0/, '')}`,
  ].filter((part) => part !== false)
  const ranges = changes.ranges.slice(0, MOST_RANGES).map((range, index) => {
    const where = `${clock(range.startSeconds)} to ${clock(range.endSeconds)} [changes.ranges[${index}]]`
    const what = range.bands.length > 0 ? range.bands.join(', ') : range.kind
    return `- ${where}: ${what}`
  })
  const places = ranges.length === 0 ? '' : `\nWhere it changed:\n${ranges.join('\n')}`
  return `Since the earlier version: ${numbers.join(', ')}.${places}`
}

/** How the track differs from its reference at equal loudness. */
export function aboutReference({ comparison }: Report): string {
  if (!comparison) return 'There is no reference to compare with: choose one below the numbers.'
  const bands = comparison.bands.flatMap(({ name, differenceDb }, index) =>
    differenceDb === null || Math.abs(differenceDb) < SMALLEST_DIFFERENCE_DB
      ? []
      : [`${name} ${signed(differenceDb, 'dB', `comparison.bands[${index}].differenceDb`)}`],
  )
  const tone =
    bands.length === 0
      ? 'At equal loudness no band differs by a decibel.'
      : `At equal loudness, compared with the reference: ${bands.join(', ')}.`
  const loudness =
    comparison.integratedLu === null
      ? ''
      : ` In loudness the difference to the reference is ${signed(comparison.integratedLu, 'LU', 'comparison.integratedLu')}.`
  return `${tone}${loudness}`
}

/** Sub, kick and bass: how they share the space below 200 Hz. */
export function aboutLowEnd({ spectrum, stereo }: Report): string {
  const lowEnd = spectrum?.lowEnd
  if (!lowEnd) return 'The low end was not measured: no audio was sent, or it is silent.'
  const notes = lowEnd.notes
    .slice(0, 3)
    .map(({ note }, index) => `${note} [spectrum.lowEnd.notes[${index}].note]`)
  const shared =
    lowEnd.overlap === null
      ? ''
      : ` Held bass matches ${number(lowEnd.overlap * 100, '%', 'spectrum.lowEnd.overlap', 0)} of the strokes${lowEnd.overlap > 0.5 ? ': side-chain the bass to the kick, or give them different notes' : ''}.`
  const side =
    stereo?.lowSideDb === null || stereo?.lowSideDb === undefined
      ? ''
      : ` The sides below 120 Hz are at ${number(stereo.lowSideDb, 'dB', 'stereo.lowSideDb')}.`
  const levels = `Against the whole, sub is at ${number(lowEnd.subDb, 'dB', 'spectrum.lowEnd.subDb')}, kick at ${number(lowEnd.kickDb, 'dB', 'spectrum.lowEnd.kickDb')}, bass at ${number(lowEnd.bassDb, 'dB', 'spectrum.lowEnd.bassDb')}.`
  return `${levels}${shared}${notes.length > 0 ? ` The bass plays ${notes.join(', ')}.` : ''}${side}`
}
