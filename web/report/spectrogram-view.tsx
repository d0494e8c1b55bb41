import { useComputedColorScheme } from '@mantine/core'
import { useMemo, useState } from 'react'
import { formatHz, formatNumber, formatTime } from '../ui/format.ts'
import { PlotView } from './plot-view.tsx'
import classes from './plots.module.css'
import { cellAt, type Spectrogram, spectrogramSpec } from './spectrogram-spec.ts'
import { type Timeline, useTimeline } from './timeline.ts'

interface SpectrogramViewProps {
  spectrogram: Spectrogram
  timeline: Timeline
}

/** Where the energy lies from low to high over time, with the value under the pointer. */
export function SpectrogramView({ spectrogram, timeline }: SpectrogramViewProps) {
  const scheme = useComputedColorScheme('light')
  const [band, setBand] = useState<number | null>(null)
  const spec = useMemo(() => spectrogramSpec(spectrogram, scheme, setBand), [spectrogram, scheme])
  const { hoverSeconds, playheadSeconds } = useTimeline(timeline)
  const seconds = hoverSeconds ?? playheadSeconds
  const cell = cellAt(spectrogram, seconds, band)
  return (
    <div id="spectrum.spectrogram">
      <p className={classes.legend}>
        <span className={classes.legendItem}>Spectrum, Hz</span>
        {cell !== null && (
          <span className={classes.legendItem}>
            {band === null ? `Strongest at ${formatTime(seconds, 1)}:` : `${formatTime(seconds, 1)}:`}
            <strong className="tabular">
              {formatHz(cell.centreHz)}, {formatNumber(cell.levelDb, 0)} dB of full scale
            </strong>
          </span>
        )}
      </p>
      <PlotView spec={spec} timeline={timeline} />
    </div>
  )
}
