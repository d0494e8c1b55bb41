import { useMemo } from 'react'
import { curveAt, curveSpec } from './curve-spec.ts'
import { PlotView } from './plot-view.tsx'
import classes from './plots.module.css'
import { type Timeline, useTimeline } from './timeline.ts'

export interface CurveProps {
  title: string
  path: string
  stepSeconds: number
  values: readonly (number | null)[]
  yRange: readonly [number, number]
  yTicks: readonly number[]
  guide?: number
  note: string
  format: (value: number) => string
  timeline: Timeline
}

/** One curve over the shared time axis, with its value at the pointer or the playhead. */
export function Curve(props: CurveProps) {
  const { title, path, stepSeconds, values, yRange, yTicks, guide, note, format, timeline } = props
  const { hoverSeconds, playheadSeconds } = useTimeline(timeline)
  const spec = useMemo(
    () => curveSpec({ stepSeconds, values, yRange, yTicks, ...(guide === undefined ? {} : { guide }) }),
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
