import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import classes from './plots.module.css'
import { mountTimePlot, type PlotSpec } from './time-plot.ts'
import type { Timeline } from './timeline.ts'

interface PlotViewProps {
  spec: PlotSpec
  timeline: Timeline
}

/** A plot over the shared time axis; drawn anew when the colour scheme changes. */
export function PlotView({ spec, timeline }: PlotViewProps) {
  const host = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme('light')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours that the plot reads
  useEffect(() => {
    if (host.current === null) return undefined
    return mountTimePlot(host.current, spec, timeline)
  }, [spec, timeline, scheme])
  return <div ref={host} className={classes.plot} style={{ height: spec.heightPx }} />
}
