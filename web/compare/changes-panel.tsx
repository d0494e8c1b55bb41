import { Link } from 'react-router'
import type { Analysis } from '../../src/analyses/contract.ts'
import type { Changes } from '../../src/report/changes-contract.ts'
import { sureWords } from '../report/section-words.ts'
import tables from '../report/tables.module.css'
import { type Timeline, useTimeline } from '../report/timeline.ts'
import { formatNumber, formatSigned } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import { changeWords, placeWords } from './change-words.ts'
import classes from './compare.module.css'
import { FindingChangesList } from './finding-changes.tsx'

const REASONS = {
  'not-alike':
    'The two do not look like versions of one track, so they could not be laid over each other. Only the numbers of the whole are compared.',
  'nothing-to-align':
    'Nothing in these tracks moves, so that it cannot be told which moment belongs to which. Only the numbers of the whole are compared.',
} as const

function wholeWords({ integratedLu, truePeakDb, plrDb, durationSeconds, clips }: Changes): string {
  const parts = [
    integratedLu === null ? null : `loudness ${formatSigned(integratedLu, 1)} LU`,
    truePeakDb === null ? null : `true peak ${formatSigned(truePeakDb, 1)} dB`,
    plrDb === null ? null : `peak to loudness ${formatSigned(plrDb, 1)} dB`,
    durationSeconds === null ? null : `length ${formatSigned(durationSeconds, 1)} s`,
    clips === null ? null : `clipped places ${formatSigned(clips, 0)}`,
  ]
  return `As a whole: ${parts.filter((part) => part !== null).join(', ')}.`
}

/** The changes over the track's own time, as the axis above shows it; each of them seeks. */
function ChangeMarks({ changes, timeline }: { changes: Changes; timeline: Timeline }) {
  const { fromSeconds, toSeconds } = useTimeline(timeline)
  const percent = (seconds: number) =>
    Math.min(Math.max((seconds - fromSeconds) / (toSeconds - fromSeconds), 0), 1) * 100
  return (
    <div className={classes.marks} aria-hidden="true">
      {changes.ranges.map((range) => (
        <span
          key={`${range.kind} ${range.bands.join()} ${range.startSeconds}`}
          style={{
            left: `${percent(range.startSeconds)}%`,
            width: `max(3px, ${percent(range.endSeconds) - percent(range.startSeconds)}%)`,
          }}
        />
      ))}
    </div>
  )
}

interface ChangesPanelProps {
  /** Null where the report is read by somebody else. */
  analysis: Analysis | null
  changes: Changes
  timeline: Timeline
}

/** What changed since the earlier version: of the whole, and where. */
export function ChangesPanel({ analysis, changes, timeline }: ChangesPanelProps) {
  const { levelDb, bandDb, correlation } = changes.thresholds
  return (
    <section aria-labelledby="changes-title" id="changes" tabIndex={-1}>
      <h2 id="changes-title" className={tables.heading}>
        Against the earlier version
      </h2>
      <p className={classes.lead}>
        {analysis !== null && analysis.earlierId !== null && (
          <>
            <Link to={`/tracks/${analysis.earlierId}`}>Version {analysis.versionNumber - 1}</Link>
            {'. '}
          </>
        )}
        {wholeWords(changes)}
      </p>
      {changes.findings && <FindingChangesList changes={changes.findings} />}
      {changes.reason !== null && <p className="muted small">{REASONS[changes.reason]}</p>}
      {changes.isUnchanged && <p>Nothing changed beyond what is listed as a whole.</p>}
      {changes.reason === null && (
        <p className="muted small">
          Laid over each other: {sureWords(changes.confidence)} ({formatNumber(changes.confidence * 100, 0)}{' '}
          %). Listed is what differs for a second or more by {levelDb} dB in level, {bandDb} dB in a band
          beyond that, or {correlation} in correlation.
        </p>
      )}
      {changes.ranges.length > 0 && (
        <>
          <ChangeMarks changes={changes} timeline={timeline} />
          <ol className={classes.facts}>
            {changes.ranges.map((range, index) => (
              <li
                key={`${range.kind} ${range.bands.join()} ${range.startSeconds}`}
                id={`changes.ranges[${index}]`}
                tabIndex={-1}
              >
                <TextButton onClick={() => timeline.seek(range.startSeconds)}>{placeWords(range)}</TextButton>
                : {changeWords(range)}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}
