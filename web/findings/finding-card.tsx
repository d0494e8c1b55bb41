import type { Evidence, Finding } from '../../src/findings/contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { lightUp } from '../report/light-up.ts'
import type { Timeline } from '../report/timeline.ts'
import type { Player } from '../report/use-player.ts'
import { TextButton } from '../ui/text-button.tsx'
import { CauseList, type ShowTrack } from './cause-list.tsx'
import { areaWords, confidenceWords, evidenceWords, severityWords, sourceWords } from './finding-words.ts'
import classes from './findings.module.css'
import { PlaceButtons } from './place-buttons.tsx'
import { VerdictButtons } from './verdict-buttons.tsx'

/** What every card of one report shares. */
export interface CardSurroundings {
  report: Report
  timeline: Timeline
  player: Player
  /** Undefined where the report is read by somebody else. */
  analysisId: string | undefined
  onShowTrack: ShowTrack | undefined
}

function EvidenceLine({ evidence }: { evidence: Evidence }) {
  return (
    <li>
      <TextButton onClick={() => lightUp(evidence.path)}>{evidenceWords(evidence)}</TextButton>{' '}
      <span className={classes.source}>({sourceWords(evidence)})</span>
    </li>
  )
}

interface FindingCardProps extends CardSurroundings {
  finding: Finding
  /** Its place among the priorities, from 1; undefined for the others. */
  number?: number
}

/** One finding: what it is and where, what was measured, what to do, and how to see that it worked. */
export function FindingCard({ finding, number, ...around }: FindingCardProps) {
  const { report, analysisId } = around
  const { rule, title, severity, area, words, evidence, remedy, check, also } = finding
  const verdict = report.findings?.verdicts?.find((given) => given.rule === rule)?.verdict
  return (
    <li className={classes.card} id={`findings.${rule}`} tabIndex={-1} data-severity={severity}>
      <h3 className={classes.title}>
        {number !== undefined && <span className={classes.number}>{number}</span>}
        {title}
      </h3>
      <p className={classes.facts}>
        <span className={classes.severity} data-severity={severity}>
          {severityWords(severity)}
        </span>
        <span>{areaWords(area)}</span>
        <span>{confidenceWords(finding)}</span>
      </p>
      <PlaceButtons finding={finding} timeline={around.timeline} player={around.player} />
      <p>{words}</p>
      <ul className={classes.evidence} aria-label="Measured">
        {evidence.map((each) => (
          <EvidenceLine key={`${each.path} ${each.what}`} evidence={each} />
        ))}
      </ul>
      <CauseList finding={finding} report={report} onShowTrack={around.onShowTrack} />
      <p>
        <strong>Do this:</strong> {remedy}
      </p>
      <p className={classes.check}>
        <strong>Check:</strong> {check}
      </p>
      {also.length > 0 && (
        <p className={classes.check}>Of the same cause: {also.map((other) => other.title).join('; ')}.</p>
      )}
      {analysisId !== undefined && (
        <VerdictButtons analysisId={analysisId} rule={rule} title={title} verdict={verdict} />
      )}
    </li>
  )
}
