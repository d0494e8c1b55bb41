import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Spectrum } from '../../src/audio/contract.ts'
import { formatHz, formatNumber, formatSigned } from '../ui/format.ts'
import { mountOctavePlot, octaveHeightPx } from './octave-plot.ts'
import classes from './plots.module.css'
import { differenceWords, type Level, popularCurve } from './popular-curve.ts'
import { ResonanceList } from './resonance-list.tsx'
import tables from './tables.module.css'
import type { Timeline } from './timeline.ts'

/** The usual limit between moderate and large differences; an opinion. */
const TOLERANCE_DB = 3
const NO_RESONANCES: NonNullable<Spectrum['resonances']> = []

function bandWords(level: Level, popularDb: number | null): string {
  if (level.levelDb === null) return `${formatHz(level.centreHz)}: nothing`
  const start = `${formatHz(level.centreHz)}: ${formatNumber(level.levelDb, 1)} dB`
  if (popularDb === null) return start
  const differenceDb = level.levelDb - popularDb
  return `${start}, ${formatSigned(differenceDb, 1)} dB to the mean: ${differenceWords(differenceDb)}`
}

/** All values in figures, for whoever cannot hover. */
function Values({ levels, popular }: { levels: readonly Level[]; popular: readonly (number | null)[] }) {
  return (
    <details className={tables.more}>
      <summary>All bands in figures</summary>
      <ul className={tables.columns}>
        {levels.map((level, index) => (
          <li key={level.centreHz}>{bandWords(level, popular[index] ?? null)}</li>
        ))}
      </ul>
    </details>
  )
}

/** Thirty third octaves as a curve beside the mean of popular tracks. */
export function Octaves({ spectrum, timeline }: { spectrum: Spectrum; timeline: Timeline }) {
  const host = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme('light')
  const [band, setBand] = useState<number | null>(null)
  const levels = spectrum.thirdOctaves
  const resonances = spectrum.resonances ?? NO_RESONANCES
  const popular = useMemo(() => popularCurve(levels ?? []), [levels])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours that the plot reads
  useEffect(() => {
    if (host.current === null || levels === undefined) return undefined
    const curves = { levels, guide: popular, toleranceDb: () => TOLERANCE_DB, resonances }
    return mountOctavePlot(host.current, curves, setBand)
  }, [levels, popular, resonances, scheme])
  if (levels === undefined || levels.every((level) => level.levelDb === null)) return null
  const hovered = band === null ? undefined : levels[band]
  return (
    <section aria-labelledby="octaves-title" id="spectrum.thirdOctaves" tabIndex={-1}>
      <h2 id="octaves-title" className={tables.heading}>
        Tone
      </h2>
      <p className="muted small">
        Third octaves of the whole track. Dashed: the mean of 12,345 popular tracks, moved to the same height;
        around it 3 dB either way. Up to 1.5 dB is usually called minor, above 3 dB large: an opinion, and
        tracks differ most at both ends.
      </p>
      <p className={classes.legend}>
        <span className={`${classes.legendItem} tabular`}>
          {hovered === undefined || band === null
            ? 'Point at a band for its value.'
            : bandWords(hovered, popular[band] ?? null)}
        </span>
      </p>
      <div ref={host} className={classes.plot} style={{ height: octaveHeightPx }} />
      <ResonanceList resonances={resonances} timeline={timeline} />
      <Values levels={levels} popular={popular} />
    </section>
  )
}
