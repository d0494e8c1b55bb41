import { type ReactNode, useMemo } from 'react'
import type { Report } from '../../src/report/contract.ts'
import { formatNumber, formatSigned } from '../ui/format.ts'
import { curveAt, curveSpec } from './curve-spec.ts'
import { PlotView } from './plot-view.tsx'
import classes from './plots.module.css'
import { SpectrogramView } from './spectrogram-view.tsx'
import { TimeAxis } from './time-axis.tsx'
import { type Timeline, useTimeline } from './timeline.ts'
import type { Player } from './use-player.ts'

/** Below this peak-to-short-term ratio music is said to sound flat, in any genre. Source: I. Shepherd; opinion. */
const FLAT_PSR_DB = 8
const PSR_TOP_DB = 24

interface CurveProps {
  title: string
  path: string
  stepSeconds: number
  values: readonly (number | null)[]
  yRange: readonly [number, number]
  yTicks: readonly number[]
  guide: number
  note: string
  format: (value: number) => string
  timeline: Timeline
}

function Curve(props: CurveProps) {
  const { title, path, stepSeconds, values, yRange, yTicks, guide, note, format, timeline } = props
  const { hoverSeconds, playheadSeconds } = useTimeline(timeline)
  const spec = useMemo(
    () => curveSpec({ stepSeconds, values, yRange, yTicks, guide }),
    [stepSeconds, values, yRange, yTicks, guide],
  )
  const value = curveAt({ stepSeconds, values }, hoverSeconds ?? playheadSeconds)
  return (
    <div id={path}>
      <p className={classes.legend}>
        <span className={classes.legendItem}>
          {title} <strong className="tabular">{value === null ? '–' : format(value)}</strong>
        </span>
        <span className={classes.legendItem}>{note}</span>
      </p>
      <PlotView spec={spec} timeline={timeline} />
    </div>
  )
}

const PSR_RANGE = [0, PSR_TOP_DB] as const
const PSR_TICKS = [0, FLAT_PSR_DB, 16, PSR_TOP_DB] as const
const CORRELATION_RANGE = [-1.05, 1.05] as const
const CORRELATION_TICKS = [-1, 0, 1] as const
const correlationWords = (value: number) => formatSigned(value, 2)
const psrWords = (value: number) => `${formatNumber(value, 1)} dB`

interface OverTimeProps {
  report: Report
  timeline: Timeline
  player: Player
}

function curvesOf({ report, timeline }: OverTimeProps): ReactNode[] {
  const spectrogram = report.spectrum?.spectrogram
  const psr = report.dynamics?.psrCurve
  const correlation = report.stereo?.curve
  return [
    spectrogram !== undefined && spectrogram.levelsDb.length > 0 && (
      <SpectrogramView key="spectrogram" spectrogram={spectrogram} timeline={timeline} />
    ),
    psr?.psrDb.some((value) => value !== null) === true && (
      <Curve
        key="psr"
        title="Peak to short-term"
        path="dynamics.psrCurve"
        stepSeconds={psr.stepSeconds}
        values={psr.psrDb}
        yRange={PSR_RANGE}
        yTicks={PSR_TICKS}
        guide={FLAT_PSR_DB}
        note="dashed: 8 dB, below it music is said to sound flat (opinion)"
        format={psrWords}
        timeline={timeline}
      />
    ),
    correlation?.correlation.some((value) => value !== null) === true && (
      <Curve
        key="correlation"
        title="Correlation"
        path="stereo.curve"
        stepSeconds={correlation.stepSeconds}
        values={correlation.correlation}
        yRange={CORRELATION_RANGE}
        yTicks={CORRELATION_TICKS}
        guide={0}
        note="below 0 the sides cancel in mono"
        format={correlationWords}
        timeline={timeline}
      />
    ),
  ].filter((curve) => curve !== false)
}

/** Spectrum, dynamics and stereo on the same time axis as the player: zoom, cursor and playhead are shared. */
export function OverTime(props: OverTimeProps) {
  const curves = curvesOf(props)
  if (curves.length === 0) return null
  return (
    <section aria-labelledby="over-time-title">
      <h2 id="over-time-title" className={classes.heading}>
        Over time
      </h2>
      <TimeAxis name="Position in the curves" timeline={props.timeline} player={props.player}>
        {curves}
      </TimeAxis>
    </section>
  )
}
