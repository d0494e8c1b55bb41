import type { LowEndDifference } from '../../src/report/comparison-contract.ts'
import { formatHz, formatNumber } from '../ui/format.ts'

/** Less than this nobody points at. */
const AUDIBLE_DB = 0.5

const more = (db: number, words: string, opposite: string) =>
  `${formatNumber(Math.abs(db), 1)} dB ${db > 0 ? words : opposite}`

/** The low end against the reference, in sentences. */
export function lowEndWords(lowEnd: LowEndDifference): string[] {
  const { levelDb, subToLowDb, crestDb, monoLossDb, trackPeakHz, referencePeakHz } = lowEnd
  const words: string[] = []
  if (levelDb !== null)
    words.push(
      Math.abs(levelDb) < AUDIBLE_DB
        ? 'Below 120 Hz both hold as much.'
        : `Below 120 Hz yours holds ${more(levelDb, 'more', 'less')} than the reference, both equally loud.`,
    )
  if (subToLowDb !== null && Math.abs(subToLowDb) >= AUDIBLE_DB)
    words.push(`It leans ${more(subToLowDb, 'more to sub', 'more to bass above 60 Hz')}.`)
  if (crestDb !== null && Math.abs(crestDb) >= AUDIBLE_DB)
    words.push(`Hits between 60 and 200 Hz stand out ${more(crestDb, 'more', 'less')}.`)
  if (monoLossDb !== null && Math.abs(monoLossDb) >= AUDIBLE_DB)
    words.push(`In mono it loses ${more(monoLossDb, 'less', 'more')} there.`)
  if (trackPeakHz !== null && referencePeakHz !== null)
    words.push(
      trackPeakHz === referencePeakHz
        ? `Both are strongest around ${formatHz(trackPeakHz)}.`
        : `Yours is strongest around ${formatHz(trackPeakHz)}, the reference around ${formatHz(referencePeakHz)}.`,
    )
  return words
}
