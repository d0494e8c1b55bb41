import type { ChangeRange } from '../../src/report/changes-contract.ts'
import { countOf, formatNumber, formatSigned, formatTime } from '../ui/format.ts'

const lengthWords = ({ change, bars }: ChangeRange) =>
  bars === null ? `${formatNumber(Math.abs(change), 1)} s` : countOf(bars, 'bar', 'bars')

/** What changed, in words. */
export function changeWords(range: ChangeRange): string {
  switch (range.kind) {
    case 'level':
      return `everything ${formatSigned(range.change, 1)} dB`
    case 'bands':
      return `${range.bands.join(', ')} ${formatSigned(range.change, 1)} dB beyond the rest`
    case 'stereo':
      return `${range.change < 0 ? 'wider' : 'narrower'}: correlation ${formatSigned(range.change, 2)}`
    case 'inserted':
      return `${lengthWords(range)} put in`
    case 'removed':
      return `${lengthWords(range)} taken out, ${formatTime(range.earlierStartSeconds, 1)} to ${formatTime(range.earlierEndSeconds, 1)} of the earlier version`
    case 'later-start':
      return `starts ${lengthWords(range)} later`
    case 'earlier-start':
      return `starts ${lengthWords(range)} earlier`
  }
}

/** Where it changed, in this version's time. */
export function placeWords(range: ChangeRange): string {
  if (range.isThroughout) return 'Throughout'
  const start = formatTime(range.startSeconds, 1)
  const { atBars } = range
  if (atBars)
    return atBars.from === atBars.to
      ? `${start} (bar ${atBars.from})`
      : `${start}–${formatTime(range.endSeconds, 1)} (bars ${atBars.from}–${atBars.to})`
  return range.endSeconds - range.startSeconds < 0.1 ? start : `${start}–${formatTime(range.endSeconds, 1)}`
}
