import { lazy, Suspense, useMemo } from 'react'
import type { Analysis } from '../../src/analyses/contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { Waiting } from '../ui/waiting.tsx'
import { Bands } from './bands.tsx'
import { DeliveryTable } from './delivery.tsx'
import { LiveSetView } from './live-set-view.tsx'
import { Numbers } from './numbers.tsx'
import { PlayerPanel } from './player.tsx'
import { Remarks } from './remarks.tsx'
import classes from './report.module.css'
import { createTimeline } from './timeline.ts'

/** The chat brings its Markdown reader along; the numbers need not wait for that. */
const ChatPanel = lazy(async () => ({ default: (await import('../chat/chat-panel.tsx')).ChatPanel }))

interface ReportViewProps {
  analysis: Analysis
  report: Report
}

function AudioAxis({ analysis, report }: ReportViewProps) {
  const durationSeconds = report.source?.durationSeconds ?? 0
  const timeline = useMemo(() => createTimeline(durationSeconds), [durationSeconds])
  if (report.waveform === null || report.loudness === null || report.source === null) return null
  return (
    <div className={classes.player}>
      <PlayerPanel
        analysis={analysis}
        waveform={report.waveform}
        loudness={report.loudness}
        timeline={timeline}
      />
    </div>
  )
}

/** The report: words, then the time axis, the chat beside both, the numbers and the set below. */
export function ReportView({ analysis, report }: ReportViewProps) {
  const hasAudio = report.source !== null
  const trackNames = useMemo(() => report.set?.tracks.map((track) => track.name) ?? [], [report.set])
  return (
    <>
      {hasAudio && <Remarks report={report} intent={analysis.intent} />}
      <AudioAxis analysis={analysis} report={report} />
      <div className={classes.chat}>
        <Suspense fallback={<Waiting />}>
          <ChatPanel analysisId={analysis.id} trackNames={trackNames} hasAudio={hasAudio} />
        </Suspense>
      </div>
      <div className={classes.numbers}>
        {hasAudio && <Numbers report={report} />}
        {report.spectrum !== null && <Bands spectrum={report.spectrum} />}
        {report.delivery !== null && report.delivery !== undefined && (
          <DeliveryTable delivery={report.delivery} />
        )}
        {report.set !== null && <LiveSetView set={report.set} />}
      </div>
    </>
  )
}
