import type { ReactNode } from 'react'
import { formatTime } from '../ui/format.ts'
import classes from './plots.module.css'
import { type Timeline, useTimeline } from './timeline.ts'
import { timelineKeys } from './timeline-keys.ts'
import type { Player } from './use-player.ts'

interface TimeAxisProps {
  /** What a screen reader calls it. */
  name: string
  timeline: Timeline
  player: Player
  children: ReactNode
}

/** Plots that move together, as one slider over the track for the keyboard. */
export function TimeAxis({ name, timeline, player, children }: TimeAxisProps) {
  const { playheadSeconds, durationSeconds } = useTimeline(timeline)
  return (
    <div
      className={classes.plots}
      role="slider"
      tabIndex={0}
      aria-label={name}
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
