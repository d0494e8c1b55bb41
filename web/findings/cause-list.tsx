import type { Cause } from '../../src/findings/causes-contract.ts'
import type { Finding } from '../../src/findings/contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { capitalised, formatNumber } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import { barWords, changeWords, reasonWords, trackWords } from './cause-words.ts'
import { sureness } from './finding-words.ts'
import classes from './findings.module.css'

/** Shows a track in the arrangement, and a bar of it where one is known. */
export type ShowTrack = (track: number, bar: number | undefined) => void

interface CauseLineProps {
  cause: Cause
  report: Report
  onShowTrack: ShowTrack | undefined
}

function CauseLine({ cause, report, onShowTrack }: CauseLineProps) {
  const name = trackWords(cause, report)
  const [reasons, change, bars] = [reasonWords(cause), changeWords(cause), barWords(cause)]
  return (
    <li>
      {capitalised(sureness(cause.likelihood))} ({formatNumber(100 * cause.likelihood, 0)} %):{' '}
      {onShowTrack === undefined ? (
        <strong>{name}</strong>
      ) : (
        <TextButton onClick={() => onShowTrack(cause.trackIndex, cause.bars[0]?.from)}>{name}</TextButton>
      )}
      {bars !== '' && <span className="tabular">, {bars}</span>}
      {reasons !== '' && <>, because {reasons}</>}.
      {change !== '' && (
        <span className={classes.change}>
          {' '}
          <strong>Try:</strong> {change}
        </span>
      )}
    </li>
  )
}

/** Which tracks of the set are probably behind a finding, why, and which knob to turn how far. */
export function CauseList({
  finding,
  report,
  onShowTrack,
}: {
  finding: Finding
  report: Report
  onShowTrack: ShowTrack | undefined
}) {
  const { causes, isCauseClear } = finding
  if (causes.length === 0) return null
  return (
    <div className={classes.causes}>
      <p>
        <strong>Probably behind it</strong>
        {isCauseClear === false && (
          <span className="muted">, though set and mix do not tell the first from the next</span>
        )}
      </p>
      <ul aria-label="Probable causes in the set">
        {causes.map((cause) => (
          <CauseLine key={cause.trackIndex} cause={cause} report={report} onShowTrack={onShowTrack} />
        ))}
      </ul>
    </div>
  )
}
