import type { AudioMeasures } from '../../src/audio/contract.ts'
import { formatNumber } from '../ui/format.ts'
import { loudnessAt } from './loudness-spec.ts'
import classes from './plots.module.css'
import { type Timeline, useTimeline } from './timeline.ts'

interface KeyProps {
  name: string
  value: number | null
  color: string
  width: number
  dash?: string
}

function Key({ name, value, color, width, dash }: KeyProps) {
  return (
    <span className={classes.legendItem}>
      <svg width="20" height="8" aria-hidden="true">
        <path d="M0 4h20" stroke={`var(${color})`} strokeWidth={width} strokeDasharray={dash} />
      </svg>
      {name} <strong className="tabular">{value === null ? '–' : formatNumber(value, 1)}</strong>
    </span>
  )
}

/** The curves' names and their values where the pointer is, or else at the playhead. In LUFS. */
export function LoudnessLegend({
  loudness,
  timeline,
}: {
  loudness: AudioMeasures['loudness']
  timeline: Timeline
}) {
  const { hoverSeconds, playheadSeconds } = useTimeline(timeline)
  const here = loudnessAt(loudness, hoverSeconds ?? playheadSeconds)
  return (
    <div className={classes.legend}>
      <Key name="Momentary" value={here.momentaryLufs} color="--ts-trace" width={1} />
      <Key name="Short-term" value={here.shortTermLufs} color="--ts-accent" width={2} />
      <Key name="Integrated" value={loudness.integratedLufs} color="--ts-text" width={1} dash="5 4" />
      <span className={classes.legendItem}>LUFS</span>
    </div>
  )
}
