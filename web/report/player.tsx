import { ActionIcon } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { ZoomButtons } from '../arrangement/zoom-buttons.tsx'
import { FindingMarks } from '../findings/finding-marks.tsx'
import { formatHzRange, formatTime } from '../ui/format.ts'
import { PauseIcon, PlayIcon } from '../ui/icons.tsx'
import { TextButton } from '../ui/text-button.tsx'
import { LoudnessLegend } from './loudness-legend.tsx'
import { loudnessSpec } from './loudness-spec.ts'
import { PeakPlaces } from './peak-places.tsx'
import { PlotView } from './plot-view.tsx'
import classes from './plots.module.css'
import { Sections } from './sections.tsx'
import { TimeAxis } from './time-axis.tsx'
import { type Timeline, useTimeline } from './timeline.ts'
import type { Player } from './use-player.ts'
import { waveformSpec } from './waveform-spec.ts'

function Transport({ player, timeline }: { player: Player; timeline: Timeline }) {
  const { playheadSeconds, hoverSeconds, durationSeconds } = useTimeline(timeline)
  return (
    <div className={classes.bar}>
      <ActionIcon
        size="xl"
        radius="xl"
        variant={player.canPlay ? 'filled' : 'default'}
        disabled={!player.canPlay}
        aria-label={player.isPlaying ? 'Pause' : 'Play'}
        onClick={player.toggle}
      >
        {player.isPlaying ? <PauseIcon size={20} /> : <PlayIcon size={20} />}
      </ActionIcon>
      <p className={classes.time}>
        {formatTime(hoverSeconds ?? playheadSeconds, 1)} <span>/ {formatTime(durationSeconds)}</span>
      </p>
      <ZoomButtons timeline={timeline} whole="track" />
      {player.soloed !== null && (
        <p className={classes.hint} role="status">
          {formatHzRange(player.soloed.fromHz, player.soloed.toHz)} alone{' '}
          <TextButton onClick={() => player.solo(null)}>Hear everything</TextButton>
        </p>
      )}
    </div>
  )
}

interface PlayerPanelProps {
  /** Stands where the file is not at hand. */
  chooser: ReactNode
  report: Report
  waveform: AudioMeasures['waveform']
  loudness: AudioMeasures['loudness']
  timeline: Timeline
  player: Player
  hasFile: boolean
}

/** Sections, waveform and loudness on one time axis, with playback of the user's own file where this tab holds it. */
export function PlayerPanel({
  chooser,
  report,
  waveform,
  loudness,
  timeline,
  player,
  hasFile,
}: PlayerPanelProps) {
  const { peaks, rhythm, structure } = report
  const waveformPlot = useMemo(() => waveformSpec(waveform, { peaks, rhythm }), [waveform, peaks, rhythm])
  const loudnessPlot = useMemo(() => loudnessSpec(loudness), [loudness])
  return (
    <section aria-label="Player">
      {!hasFile && chooser}
      {player.isUnplayable && (
        <p className={classes.hint} role="status">
          This browser has no decoder for the file, so it cannot be played here. The report is complete
          without it.
        </p>
      )}
      <Transport player={player} timeline={timeline} />
      {structure !== null && structure !== undefined && (
        <Sections structure={structure} timeline={timeline} />
      )}
      {report.findings && <FindingMarks findings={report.findings} timeline={timeline} />}
      <TimeAxis name="Place in the track" timeline={timeline} player={player}>
        <PlotView spec={waveformPlot} timeline={timeline} />
        <LoudnessLegend loudness={loudness} timeline={timeline} />
        <PlotView spec={loudnessPlot} timeline={timeline} />
      </TimeAxis>
      {peaks !== null && <PeakPlaces peaks={peaks} timeline={timeline} />}
    </section>
  )
}
