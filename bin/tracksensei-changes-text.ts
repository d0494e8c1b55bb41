import type { ChangeRange } from '../src/report/changes-contract.ts'
import type { Report } from '../src/report/contract.ts'
import type { SetChangeEffect } from '../src/report/set-changes-contract.ts'
import { printable } from './tracksensei-output.ts'

const signed = (value: number, digits: number) =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`

/** What changed since the earlier version: in the mix, and in the Live set with what each change did; '' without one. */
export function changesText({ changes, setChanges }: Report): string {
  const ranges = changes?.ranges ?? []
  const parts: string[] = []
  if (changes) {
    const { integratedLu, truePeakDb, reason } = changes
    const whole = [
      integratedLu === null ? null : `loudness ${signed(integratedLu, 1)} LU`,
      truePeakDb === null ? null : `true peak ${signed(truePeakDb, 1)} dB`,
    ].filter((part) => part !== null)
    parts.push('What changed since the earlier version\n', `  As a whole: ${whole.join(', ')}\n`)
    if (reason !== null) parts.push('  The two could not be laid over each other.\n')
    parts.push(...ranges.map((range) => `  ${rangeText(range)}\n`))
  }
  if (setChanges) {
    parts.push(`${parts.length > 0 ? '\n' : ''}What you changed in the Live set, what it did\n`)
    parts.push(...setChanges.changes.map((change) => effectText(change, ranges)))
    if (setChanges.changes.length === 0) parts.push('  Nothing.\n')
    if (setChanges.more > 0) parts.push(`  and ${setChanges.more} more changes\n`)
    for (const index of setChanges.unexplainedRanges) {
      const range = ranges[index]
      if (range !== undefined) parts.push(`  Not explained by the set: ${rangeText(range)}\n`)
    }
  }
  return parts.join('')
}

/** "bars 17–32: Low-mid −2.1 dB". */
function rangeText({
  kind,
  bands,
  change,
  atBars,
  startSeconds,
  endSeconds,
  isThroughout,
}: ChangeRange): string {
  const place = isThroughout
    ? 'throughout'
    : atBars
      ? atBars.from === atBars.to
        ? `bar ${atBars.from}`
        : `bars ${atBars.from}–${atBars.to}`
      : `${startSeconds.toFixed(1)}–${endSeconds.toFixed(1)} s`
  switch (kind) {
    case 'level':
      return `${place}: everything ${signed(change, 1)} dB`
    case 'bands':
      return `${place}: ${bands.join(', ')} ${signed(change, 1)} dB`
    case 'stereo':
      return `${place}: ${change < 0 ? 'wider' : 'narrower'} (correlation ${signed(change, 2)})`
    default:
      return `${place}: ${kind.replace('-', ' ')}, ${Math.abs(change).toFixed(1)} s`
  }
}

const OUTCOMES = {
  measured: '',
  'nothing measured': 'nothing measured',
  'silent by itself': 'makes no sound by itself',
  'cannot be told': 'what it did cannot be told',
} as const

function effectText(
  { trackName, words, outcome, did }: SetChangeEffect,
  ranges: readonly ChangeRange[],
): string {
  const what = trackName === null ? words : `${trackName === '' ? 'unnamed' : trackName}: ${words}`
  const head = `  ${printable(what)}\n`
  if (outcome !== 'measured') return `${head}    → ${OUTCOMES[outcome]}\n`
  const lines = did.flatMap(({ rangeIndex, likelihood, expectedDb }) => {
    const range = ranges[rangeIndex]
    const foreseen = expectedDb === null ? '' : `, foreseen about ${signed(expectedDb, 1)} dB`
    return range === undefined
      ? []
      : [`    → ${rangeText(range)} (${Math.round(100 * likelihood)} % likely${foreseen})\n`]
  })
  return `${head}${lines.join('')}`
}
