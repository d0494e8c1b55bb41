import { useMemo } from 'react'
import type { Analysis } from '../../src/analyses/contract.ts'
import { formatNumber, formatTime } from '../ui/format.ts'
import { curveSpec } from './curve-spec.ts'
import { PlotView } from './plot-view.tsx'
import classes from './so-far.module.css'
import { createTimeline } from './timeline.ts'
import { waveformSpec } from './waveform-spec.ts'

type Partial = NonNullable<Analysis['partial']>

const LOUDNESS_RANGE = [-36, 0] as const
const LOUDNESS_TICKS = [-36, -24, -12, 0] as const

function Value({ name, value, unit }: { name: string; value: string | null; unit: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong className="tabular">{value ?? '–'}</strong> {unit}
      </dd>
    </div>
  )
}

const oneDecimal = (value: number | null) => (value === null ? null : formatNumber(value, 1))

/** How much of the track the numbers speak of: "so far, 1:20 of 4:56". */
function coverWords({ coveredSeconds, durationSeconds }: Partial): string {
  if (durationSeconds === null) return `so far, the first ${formatTime(coveredSeconds)}`
  if (coveredSeconds >= durationSeconds) return 'the whole track; the rest of the report follows'
  return `so far, ${formatTime(coveredSeconds)} of ${formatTime(durationSeconds)}`
}

/** What is known while the track is still being measured. Nothing of it is kept: the report follows. */
export function SoFar({ partial }: { partial: Partial }) {
  const { coveredSeconds, durationSeconds, shortTerm, waveform } = partial
  const lengthSeconds = durationSeconds ?? coveredSeconds
  const timeline = useMemo(() => createTimeline(lengthSeconds), [lengthSeconds])
  const waveformPlot = useMemo(() => waveformSpec(waveform, { peaks: null, rhythm: null }), [waveform])
  const loudnessPlot = useMemo(
    () =>
      curveSpec({
        stepSeconds: shortTerm.stepSeconds,
        values: shortTerm.shortTermLufs,
        yRange: LOUDNESS_RANGE,
        yTicks: LOUDNESS_TICKS,
      }),
    [shortTerm],
  )
  return (
    <section className={classes.soFar} aria-label="Measured so far">
      <h2>
        Measured <span className="muted tabular">{coverWords(partial)}</span>
      </h2>
      <dl className={classes.values}>
        <Value name="Integrated loudness" value={oneDecimal(partial.integratedLufs)} unit="LUFS" />
        <Value name="True peak" value={oneDecimal(partial.truePeakDbtp)} unit="dBTP" />
        {partial.tempoBpm !== null && <Value name="Tempo" value={oneDecimal(partial.tempoBpm)} unit="BPM" />}
        {partial.key !== null && <Value name="Key" value={partial.key} unit="" />}
      </dl>
      <PlotView spec={waveformPlot} timeline={timeline} />
      <p className="muted small">Short-term loudness, LUFS</p>
      <PlotView spec={loudnessPlot} timeline={timeline} />
    </section>
  )
}
