import type { ReactNode } from 'react'
import type { Analysis } from '../../src/analyses/contract.ts'
import type { Report } from '../../src/report/contract.ts'
import type { Intent } from '../../src/uploads/contract.ts'
import type { ArrangementView } from '../arrangement/view-state.ts'
import { ChangesPanel } from '../compare/changes-panel.tsx'
import { ComparisonPanel } from '../compare/comparison-panel.tsx'
import { ReferenceChoice } from '../compare/reference-choice.tsx'
import { SetChangesPanel } from '../compare/set-changes-panel.tsx'
import { ScoresPanel } from '../findings/scores-panel.tsx'
import { Bands } from './bands.tsx'
import { CodecTable } from './codecs.tsx'
import { DeliveryTable } from './delivery.tsx'
import { FaultsView } from './faults-view.tsx'
import { LiveSetView } from './live-set-view.tsx'
import { LowEndView } from './low-end-view.tsx'
import { Numbers } from './numbers.tsx'
import { Octaves } from './octaves.tsx'
import { OverTime } from './over-time.tsx'
import { PreflightView } from './preflight-view.tsx'
import { Remarks } from './remarks.tsx'
import classes from './report.module.css'
import { SectionDynamics } from './section-dynamics-view.tsx'
import { SetMatchView } from './set-match-view.tsx'
import { showPlace, showTrack } from './set-place.ts'
import { StereoBands } from './stereo-bands.tsx'
import { TempoAndKey } from './tempo-and-key.tsx'
import type { Timeline } from './timeline.ts'
import type { Player } from './use-player.ts'

interface ReportNumbersProps {
  report: Report
  intent: Intent
  /** Null where the report is read by somebody else: then nothing can be corrected or chosen. */
  analysis: Analysis | null
  referenceName: string
  timeline: Timeline
  player: Player
  arrangementView: ArrangementView
  /** What stands below it all. */
  children: ReactNode
}

/** The numbers behind the findings: in words, over time, in tables; then the set. */
export function ReportNumbers(props: ReportNumbersProps) {
  const { report, intent, analysis, referenceName, timeline, player, arrangementView, children } = props
  const { source, spectrum, stereo, delivery, set } = report
  const hasAudio = source !== null
  return (
    <div className={classes.numbers}>
      {hasAudio && <Remarks report={report} intent={intent} />}
      {report.findings && <ScoresPanel findings={report.findings} />}
      {report.changes !== null && report.changes !== undefined && (
        <ChangesPanel analysis={analysis} changes={report.changes} timeline={timeline} />
      )}
      {report.setChanges && (
        <SetChangesPanel
          setChanges={report.setChanges}
          ranges={report.changes?.ranges ?? []}
          timeline={timeline}
          onShowTrack={(trackIndex) => showTrack(report, arrangementView, trackIndex)}
        />
      )}
      {hasAudio && <OverTime report={report} timeline={timeline} player={player} />}
      {hasAudio && <Numbers report={report} />}
      {hasAudio && <TempoAndKey analysis={analysis} report={report} timeline={timeline} />}
      {report.dynamics?.sections && (
        <SectionDynamics sections={report.dynamics.sections} structure={report.structure} />
      )}
      {spectrum !== null && <Bands spectrum={spectrum} report={report} />}
      {spectrum !== null && <Octaves spectrum={spectrum} timeline={timeline} />}
      {spectrum?.lowEnd && <LowEndView lowEnd={spectrum.lowEnd} />}
      {hasAudio && (
        <ComparisonPanel
          referenceName={referenceName}
          choice={analysis && <ReferenceChoice analysis={analysis} />}
          report={report}
          timeline={timeline}
        />
      )}
      {stereo !== null && <StereoBands stereo={stereo} />}
      {hasAudio && <FaultsView report={report} />}
      {delivery !== null && delivery !== undefined && <DeliveryTable delivery={delivery} />}
      {report.codecs !== null && report.codecs !== undefined && <CodecTable codecs={report.codecs} />}
      {report.fusion && (
        <SetMatchView
          fusion={report.fusion}
          report={report}
          onShowTrack={(trackIndex) => showTrack(report, arrangementView, trackIndex)}
        />
      )}
      {report.preflight && (
        <PreflightView
          preflight={report.preflight}
          onShow={(result) => showPlace(report, timeline, arrangementView, result)}
        />
      )}
      {set !== null && <LiveSetView set={set} />}
      {children}
    </div>
  )
}
