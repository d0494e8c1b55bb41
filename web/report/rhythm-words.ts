import type { Report } from '../../src/report/contract.ts'
import { formatNumber } from '../ui/format.ts'
import { doubtOf, type MeasureGroup, type MeasureWords, percent } from './measure-words.ts'

function tempoDoubt(report: Report): ReturnType<NonNullable<MeasureWords['doubt']>> {
  if (report.rhythm === null || report.rhythm === undefined) return null
  const { confidence, alternatives } = report.rhythm
  const others = alternatives.map(
    (other) => `${formatNumber(other.tempoBpm, 1)} BPM (${percent(other.confidence)})`,
  )
  return doubtOf(confidence, others.length === 0 ? '' : ` It could also be ${others.join(' or ')}.`)
}

export const rhythm: MeasureGroup = {
  title: 'Rhythm',
  measures: [
    {
      path: 'rhythm.tempoBpm',
      name: 'Tempo',
      unit: 'BPM',
      decimals: 1,
      signed: false,
      meaning: 'How fast the beat is, heard from the audio alone.',
      method:
        'From the repeating onsets of the whole track; a Live set that fits, or you, may know it better: see Tempo and key.',
      missing: 'Nothing in the track repeats clearly enough.',
      read: (report) => report.rhythm?.tempoBpm ?? null,
      doubt: tempoDoubt,
    },
    {
      path: 'rhythm.swing.eighths',
      name: 'Swing, eighths',
      unit: '%',
      decimals: 0,
      signed: false,
      meaning: 'Where the second of two eighths stands: 50 is straight, 67 a triplet.',
      method: 'Middle place of the onsets between two beats, counted from the onsets on the beats.',
      missing: 'No off-beat eighths were heard.',
      read: (report) => report.rhythm?.swing?.eighths?.percent ?? null,
      isNone: (report) => report.rhythm?.swing?.eighths === null,
      doubt: (report) => doubtOf(report.rhythm?.swing?.eighths?.confidence),
    },
    {
      path: 'rhythm.swing.sixteenths',
      name: 'Swing, sixteenths',
      unit: '%',
      decimals: 0,
      signed: false,
      meaning: 'Where the second of two sixteenths stands: 50 is straight, 67 a triplet.',
      method: 'Middle place of the onsets between two eighths; not told where the eighths swing.',
      missing: 'No off-beat sixteenths were heard, or the eighths swing.',
      read: (report) => report.rhythm?.swing?.sixteenths?.percent ?? null,
      isNone: (report) => report.rhythm?.swing?.sixteenths === null,
      doubt: (report) => doubtOf(report.rhythm?.swing?.sixteenths?.confidence),
    },
  ],
}
