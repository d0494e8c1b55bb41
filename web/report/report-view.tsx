import { lazy, Suspense, useMemo } from 'react'
import type { Analysis } from '../../src/analyses/contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { createArrangementView } from '../arrangement/view-state.ts'
import { FindingsPanel } from '../findings/findings-panel.tsx'
import { ShareReport } from '../share/share-report.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { ChooseFile } from './choose-file.tsx'
import { useLocalFile } from './local-files.ts'
import classes from './report.module.css'
import { ReportNumbers } from './report-numbers.tsx'
import { ReportPlayer } from './report-player.tsx'
import { axisSeconds, hasArrangement, showTrackAt } from './set-place.ts'
import { TakeAlong } from './take-along.tsx'
import { createTimeline } from './timeline.ts'
import { usePlayer } from './use-player.ts'

/** The chat brings its Markdown reader along; the numbers need not wait for that. */
const ChatPanel = lazy(async () => ({ default: (await import('../chat/chat-panel.tsx')).ChatPanel }))

interface ReportViewProps {
  analysis: Analysis
  report: Report
}

/** The report: what is good and what to do, then the time axis, the chat beside both, the numbers and the set below. */
export function ReportView({ analysis, report }: ReportViewProps) {
  const durationSeconds = axisSeconds(report)
  const timeline = useMemo(() => createTimeline(durationSeconds), [durationSeconds])
  const file = useLocalFile(analysis.id)
  const player = usePlayer(file, timeline)
  const arrangementView = useMemo(() => createArrangementView(), [])
  const shared = { report, timeline, player }
  return (
    <>
      <div className={classes.findings}>
        <FindingsPanel
          {...shared}
          subject={{ title: analysis.title, ...analysis.intent }}
          analysisId={analysis.id}
          onShowTrack={
            hasArrangement(report)
              ? (track, bar) => showTrackAt(report, timeline, arrangementView, track, bar)
              : undefined
          }
        />
      </div>
      <ReportPlayer
        {...shared}
        view={arrangementView}
        hasFile={file !== undefined}
        chooser={<ChooseFile analysis={analysis} />}
      />
      <div className={classes.chat}>
        <Suspense fallback={<Waiting />}>
          <ChatPanel analysisId={analysis.id} report={report} timeline={timeline} />
        </Suspense>
      </div>
      <ReportNumbers
        {...shared}
        intent={analysis.intent}
        analysis={analysis}
        referenceName={analysis.reference?.name ?? 'a reference that you have deleted'}
        arrangementView={arrangementView}
      >
        <TakeAlong title={analysis.title} report={report} />
        <ShareReport analysis={analysis} />
      </ReportNumbers>
    </>
  )
}
