import { ActionIcon, Button } from '@mantine/core'
import { useMemo } from 'react'
import type { Analysis } from '../../src/analyses/contract.ts'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import { formatTime } from '../ui/format.ts'
import { MinusIcon, PauseIcon, PlayIcon, PlusIcon } from '../ui/icons.tsx'
import { ChooseFile } from './choose-file.tsx'
import { useLocalFile } from './local-files.ts'
import { LoudnessLegend } from './loudness-legend.tsx'
import { loudnessSpec } from './loudness-spec.ts'
import { PlotView } from './plot-view.tsx'
import classes from './plots.module.css'
import { type Timeline, useTimeline } from './timeline.ts'
import { timelineKeys } from './timeline-keys.ts'
import { type Player, usePlayer } from './use-player.ts'
import { waveformSpec } from './waveform-spec.ts'

function Transport({ player, timeline }: { player: Player; timeline: Timeline }) {
  const { playheadSeconds, hoverSeconds, durationSeconds, fromSeconds, toSeconds } = useTimeline(timeline)
  const isWhole = fromSeconds <= 0 && toSeconds >= durationSeconds
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
      <div className={classes.zoom}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label="Show less of the track"
          onClick={() => timeline.zoomBy(0.5)}
        >
          <PlusIcon />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label="Show more of the track"
          disabled={isWhole}
          onClick={() => timeline.zoomBy(2)}
        >
          <MinusIcon />
        </ActionIcon>
        <Button
          variant="default"
          size="xs"
          h={34}
          px={10}
          disabled={isWhole}
          aria-label="Show the whole track"
          onClick={() => timeline.showAll()}
        >
          Whole
        </Button>
      </div>
    </div>
  )
}

function TimeAxis({
  timeline,
  player,
  children,
}: {
  timeline: Timeline
  player: Player
  children: React.ReactNode
}) {
  const { playheadSeconds, durationSeconds } = useTimeline(timeline)
  return (
    <div
      className={classes.plots}
      role="slider"
      tabIndex={0}
      aria-label="Place in the track"
      aria-valuemin={0}
      aria-valuemax={Math.round(durationSeconds)}
      aria-valuenow={Math.round(playheadSeconds)}
      aria-valuetext={`${formatTime(playheadSeconds)} of ${formatTime(durationSeconds)}`}
      onKeyDown={timelineKeys(timeline, player.toggle)}
    >
      {children}
    </div>
  )
}

interface PlayerPanelProps {
  analysis: Analysis
  waveform: AudioMeasures['waveform']
  loudness: AudioMeasures['loudness']
  timeline: Timeline
}

/** Waveform and loudness on one time axis, with playback of the user's own file where this tab holds it. */
export function PlayerPanel({ analysis, waveform, loudness, timeline }: PlayerPanelProps) {
  const file = useLocalFile(analysis.id)
  const player = usePlayer(file, timeline)
  const waveformPlot = useMemo(() => waveformSpec(waveform), [waveform])
  const loudnessPlot = useMemo(() => loudnessSpec(loudness), [loudness])
  return (
    <section aria-label="Player">
      {file === undefined && <ChooseFile analysis={analysis} />}
      {player.isUnplayable && (
        <p className={classes.hint} role="status">
          This browser has no decoder for the file, so it cannot be played here. The report is complete
          without it.
        </p>
      )}
      <Transport player={player} timeline={timeline} />
      <TimeAxis timeline={timeline} player={player}>
        <PlotView spec={waveformPlot} timeline={timeline} />
        <LoudnessLegend loudness={loudness} timeline={timeline} />
        <PlotView spec={loudnessPlot} timeline={timeline} />
      </TimeAxis>
    </section>
  )
}
