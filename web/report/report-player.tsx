import type { ComponentProps, ReactNode } from 'react'
import type { Report } from '../../src/report/contract.ts'
import { ArrangementView } from '../arrangement/arrangement-view.tsx'
import { PlayerPanel } from './player.tsx'
import classes from './report.module.css'
import { hasArrangement, setOffset } from './set-place.ts'
import type { Timeline } from './timeline.ts'
import type { Player } from './use-player.ts'

interface ReportPlayerProps {
  report: Report
  timeline: Timeline
  player: Player
  view: ComponentProps<typeof ArrangementView>['view']
  hasFile: boolean
  /** Stands where the file is not at hand. */
  chooser: ReactNode
}

/** The time axis with the waveform, and the arrangement of the set on the same axis. */
export function ReportPlayer({ report, timeline, player, view, hasFile, chooser }: ReportPlayerProps) {
  const { source, waveform, loudness, set, arrangement } = report
  const hasPlayer = source !== null && waveform !== null && loudness !== null
  const hasSet = set !== null && arrangement && hasArrangement(report)
  if (!hasPlayer && !hasSet) return null
  return (
    <div className={classes.player}>
      {hasPlayer && (
        <PlayerPanel
          chooser={chooser}
          report={report}
          waveform={waveform}
          loudness={loudness}
          timeline={timeline}
          player={player}
          hasFile={hasFile}
        />
      )}
      {hasSet && (
        <ArrangementView
          set={set}
          arrangement={arrangement}
          timeline={timeline}
          view={view}
          offset={setOffset(report)}
          toggle={player.toggle}
        />
      )}
    </div>
  )
}
