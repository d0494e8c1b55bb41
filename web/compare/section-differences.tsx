import type { Structure } from '../../src/audio/contract.ts'
import type { Comparison, ProfileSection, SectionPair } from '../../src/report/comparison-contract.ts'
import { sectionLabel, sureWords } from '../report/section-words.ts'
import tables from '../report/tables.module.css'
import type { Timeline } from '../report/timeline.ts'
import { countOf, formatSigned, formatTime } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import { DifferenceCell } from './difference-cell.tsx'
import { WideTable } from './wide-table.tsx'

const REASONS = {
  'track-has-no-sections': 'Section by section: your track has no clear sections.',
  'reference-has-no-sections': 'Section by section: the reference has no clear sections.',
  'nothing-alike': 'Section by section: none of the sections are alike enough to be paired.',
} as const

interface Place {
  label: string
  startSeconds: number
  endSeconds: number
}

const placeWords = ({ label, startSeconds, endSeconds }: Place) =>
  `${sectionLabel(label)} ${formatTime(startSeconds)}–${formatTime(endSeconds)}`

/** The band that differs most, in words: "Low +2.1". */
function widestWords(pair: SectionPair, bands: Comparison['bands']): string {
  let widest: { name: string; db: number } | undefined
  for (const [index, db] of pair.bandsDb.entries()) {
    const name = bands[index]?.name
    if (db === null || name === undefined) continue
    if (widest === undefined || Math.abs(db) > Math.abs(widest.db)) widest = { name, db }
  }
  return widest === undefined ? '–' : `${widest.name} ${formatSigned(widest.db, 1)}`
}

interface RowProps {
  pair: SectionPair
  mine: Place
  theirs: ProfileSection
  bands: Comparison['bands']
  timeline: Timeline
}

function Row({ pair, mine, theirs, bands, timeline }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <TextButton onClick={() => timeline.seek(mine.startSeconds)}>{placeWords(mine)}</TextButton>
      </th>
      <td>{placeWords(theirs)}</td>
      <DifferenceCell value={pair.loudnessLu} />
      <td>{widestWords(pair, bands)}</td>
      <DifferenceCell value={pair.psrDb} />
      <td>{sureWords(pair.confidence)}</td>
    </tr>
  )
}

interface SectionDifferencesProps {
  comparison: Comparison
  structure: Structure | null | undefined
  timeline: Timeline
}

/** Section by section: pairs that do the same work in both tracks, and what has no counterpart. */
export function SectionDifferences({ comparison, structure, timeline }: SectionDifferencesProps) {
  const { sections, reference, bands } = comparison
  if (sections === undefined || reference === undefined) return null
  if (sections.reason !== null) return <p className="muted small">{REASONS[sections.reason]}</p>
  const alone = sections.unpairedTrack.length
  const theirsAlone = sections.unpairedReference.length
  return (
    <div id="comparison.sections" tabIndex={-1}>
      <h3 className={tables.part}>Section by section</h3>
      <p className="muted small">
        Paired in order, half by label, the rest by energy and place. Loudness is against the whole of each
        track. {countOf(alone, 'section of yours has', 'sections of yours have')} no counterpart,{' '}
        {countOf(theirsAlone, 'section of the reference has', 'sections of the reference have')} none.
      </p>
      <WideTable name="Differences section by section">
        <thead>
          <tr>
            <th scope="col">Yours</th>
            <th scope="col">Reference</th>
            <th scope="col">Loudness, LU</th>
            <th scope="col">Widest band, dB</th>
            <th scope="col">Peak to short-term, dB</th>
            <th scope="col">Pair</th>
          </tr>
        </thead>
        <tbody>
          {sections.pairs.map((pair) => {
            const mine = structure?.sections[pair.trackSection]
            const theirs = reference.sections[pair.referenceSection]
            if (mine === undefined || theirs === undefined) return null
            return (
              <Row
                key={pair.trackSection}
                pair={pair}
                mine={mine}
                theirs={theirs}
                bands={bands}
                timeline={timeline}
              />
            )
          })}
        </tbody>
      </WideTable>
    </div>
  )
}
