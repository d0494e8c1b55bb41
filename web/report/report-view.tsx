import { lazy, Suspense, useMemo } from 'react'
import type { Analysis } from '../../src/analyses/contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { ArrangementView } from '../arrangement/arrangement-view.tsx'
import { createArrangementView } from '../arrangement/view-state.ts'
import { ChangesPanel } from '../compare/changes-panel.tsx'
import { ComparisonPanel } from '../compare/comparison-panel.tsx'
import { SetChangesPanel } from '../compare/set-changes-panel.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { Bands } from './bands.tsx'
import { CodecTable } from './codecs.tsx'
import { DeliveryTable } from './delivery.tsx'
import { FaultsView } from './faults-view.tsx'
import { LiveSetView } from './live-set-view.tsx'
import { useLocalFile } from './local-files.ts'
import { LowEndView } from './low-end-view.tsx'
import { Numbers } from './numbers.tsx'
import { Octaves } from './octaves.tsx'
import { OverTime } from './over-time.tsx'
import { PlayerPanel } from './player.tsx'
import { PreflightView } from './preflight-view.tsx'
import { Remarks } from './remarks.tsx'
import classes from './report.module.css'
import { SectionDynamics } from './section-dynamics-view.tsx'
import { axisSeconds, hasArrangement, setOffset, showPlace, showTrack } from './set-place.ts'
import { StereoBands } from './stereo-bands.tsx'
import { TakeAlong } from './take-along.tsx'
import { TempoAndKey } from './tempo-and-key.tsx'
import { createTimeline } from './timeline.ts'
import { usePlayer } from './use-player.ts'

/** The chat brings its Markdown reader along; the numbers need not wait for that. */
const ChatPanel = lazy(async () => ({ default: (await import('../chat/chat-panel.tsx')).ChatPanel }))

interface ReportViewProps {
  analysis: Analysis
  report: Report
}

/** The report: words, then the time axis, the chat beside both, the numbers and the set below. */
export function ReportView({ analysis, report }: ReportViewProps) {
  const { source, waveform, loudness, spectrum, stereo, delivery, set } = report
  const hasAudio = source !== null
  const durationSeconds = axisSeconds(report)
  const timeline = useMemo(() => createTimeline(durationSeconds), [durationSeconds])
  const file = useLocalFile(analysis.id)
  const player = usePlayer(file, timeline)
  const arrangementView = useMemo(() => createArrangementView(), [])
  const setPanel = set !== null && report.arrangement && hasArrangement(report) && (
    <ArrangementView
      set={set}
      arrangement={report.arrangement}
      timeline={timeline}
      view={arrangementView}
      offset={setOffset(report)}
      toggle={player.toggle}
    />
  )
  return (
    <>
      {hasAudio && <Remarks report={report} intent={analysis.intent} />}
      {hasAudio && waveform !== null && loudness !== null && (
        <div className={classes.player}>
          <PlayerPanel
            analysis={analysis}
            report={report}
            waveform={waveform}
            loudness={loudness}
            timeline={timeline}
            player={player}
            hasFile={file !== undefined}
          />
          {setPanel}
        </div>
      )}
      {!hasAudio && setPanel && <div className={classes.player}>{setPanel}</div>}
      <div className={classes.chat}>
        <Suspense fallback={<Waiting />}>
          <ChatPanel analysisId={analysis.id} report={report} timeline={timeline} />
        </Suspense>
      </div>
      <div className={classes.numbers}>
        {hasAudio && <OverTime report={report} timeline={timeline} player={player} />}
        {hasAudio && <Numbers report={report} />}
        {hasAudio && <TempoAndKey analysis={analysis} report={report} timeline={timeline} />}
        {report.dynamics?.sections && (
          <SectionDynamics sections={report.dynamics.sections} structure={report.structure} />
        )}
        {spectrum !== null && <Bands spectrum={spectrum} report={report} />}
        {spectrum !== null && <Octaves spectrum={spectrum} timeline={timeline} />}
        {spectrum?.lowEnd && <LowEndView lowEnd={spectrum.lowEnd} />}
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
        {hasAudio && <ComparisonPanel analysis={analysis} report={report} timeline={timeline} />}
        {stereo !== null && <StereoBands stereo={stereo} />}
        {hasAudio && <FaultsView report={report} />}
        {delivery !== null && delivery !== undefined && <DeliveryTable delivery={delivery} />}
        {report.codecs !== null && report.codecs !== undefined && <CodecTable codecs={report.codecs} />}
        {report.preflight && (
          <PreflightView
            preflight={report.preflight}
            onShow={(result) => showPlace(report, timeline, arrangementView, result)}
          />
        )}
        {set !== null && <LiveSetView set={set} />}
        <TakeAlong title={analysis.title} report={report} />
      </div>
    </>
  )
}
