import type { ReactNode } from 'react'
import type { Report } from '../../src/report/contract.ts'
import { formatNumber, formatSigned } from '../ui/format.ts'
import { Curve } from './curve.tsx'
import classes from './plots.module.css'
import { SpectrogramView } from './spectrogram-view.tsx'
import { TimeAxis } from './time-axis.tsx'
import type { Timeline } from './timeline.ts'
import type { Player } from './use-player.ts'

/** Below this peak-to-short-term ratio music is said to sound flat, in any genre. Source: I. Shepherd; opinion. */
const FLAT_PSR_DB = 8
const PSR_TOP_DB = 24

const PSR_RANGE = [0, PSR_TOP_DB] as const
const PSR_TICKS = [0, FLAT_PSR_DB, 16, PSR_TOP_DB] as const
const CORRELATION_RANGE = [-1.05, 1.05] as const
const CORRELATION_TICKS = [-1, 0, 1] as const
const correlationWords = (value: number) => formatSigned(value, 2)
const CREST_RANGE = [0, 24] as const
const CREST_TICKS = [0, 8, 16, 24] as const
/** Narrower than this is drawn at the edge: it sounds like mono. */
const WIDTH_RANGE = [-36, 6] as const
const WIDTH_TICKS = [-36, -24, -12, 0] as const
const DENSITY_TICKS = [0, 5, 10, 15] as const
const DENSITY_RANGE = [0, 16] as const
const dbWords = (value: number) => `${formatNumber(value, 1)} dB`
const densityWords = (value: number) => `${formatNumber(value, 1)} a second`

/** A curve is not drawn where nothing was measured. */
const known = (values: readonly (number | null)[] | undefined): values is readonly (number | null)[] =>
  values?.some((value) => value !== null) === true

interface OverTimeProps {
  report: Report
  timeline: Timeline
  player: Player
}

function curvesOf({ report, timeline }: OverTimeProps): ReactNode[] {
  const spectrogram = report.spectrum?.spectrogram
  const psr = report.dynamics?.psrCurve
  const crest = report.dynamics?.crestCurve
  const density = report.dynamics?.transientCurve
  const sides = report.stereo?.curve
  return [
    spectrogram !== undefined && spectrogram.levelsDb.length > 0 && (
      <SpectrogramView key="spectrogram" spectrogram={spectrogram} timeline={timeline} />
    ),
    psr !== undefined && known(psr.psrDb) && (
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
        format={dbWords}
        timeline={timeline}
      />
    ),
    crest !== undefined && known(crest.crestDb) && (
      <Curve
        key="crest"
        title="Crest"
        path="dynamics.crestCurve"
        stepSeconds={crest.stepSeconds}
        values={crest.crestDb}
        yRange={CREST_RANGE}
        yTicks={CREST_TICKS}
        note="peak over average level; limiting lowers it"
        format={dbWords}
        timeline={timeline}
      />
    ),
    density?.perSecond.some((value) => value > 0) === true && (
      <Curve
        key="density"
        title="Transients"
        path="dynamics.transientCurve"
        stepSeconds={density.stepSeconds}
        values={density.perSecond}
        yRange={DENSITY_RANGE}
        yTicks={DENSITY_TICKS}
        note="how many sounds begin"
        format={densityWords}
        timeline={timeline}
      />
    ),
    sides !== undefined && known(sides.widthDb) && (
      <Curve
        key="width"
        title="Width"
        path="stereo.curve.widthDb"
        stepSeconds={sides.stepSeconds}
        values={sides.widthDb}
        yRange={WIDTH_RANGE}
        yTicks={WIDTH_TICKS}
        guide={0}
        note="sides over middle; far below 0 is narrow"
        format={dbWords}
        timeline={timeline}
      />
    ),
    sides !== undefined && known(sides.correlation) && (
      <Curve
        key="correlation"
        title="Correlation"
        path="stereo.curve"
        stepSeconds={sides.stepSeconds}
        values={sides.correlation}
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
