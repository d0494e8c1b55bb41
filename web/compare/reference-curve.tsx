import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Comparison } from '../../src/report/comparison-contract.ts'
import { mountOctavePlot, octaveHeightPx } from '../report/octave-plot.ts'
import plots from '../report/plots.module.css'
import tables from '../report/tables.module.css'
import { formatHz, formatNumber, formatSigned } from '../ui/format.ts'
import { differenceSize, toleranceDb } from './difference-words.ts'

interface Third {
  centreHz: number
  trackDb: number | null
  referenceDb: number | null
  differenceDb: number | null
}

/** Both tracks' third octaves at equal loudness. */
function thirdsOf(comparison: Comparison): Third[] {
  const levels = new Map(
    comparison.reference?.thirdOctaves.map(({ centreHz, levelDb }) => [centreHz, levelDb]),
  )
  return (comparison.thirdOctaves ?? []).map(({ centreHz, differenceDb }) => {
    const referenceDb = levels.get(centreHz) ?? null
    const trackDb = referenceDb === null || differenceDb === null ? null : referenceDb + differenceDb
    return { centreHz, trackDb, referenceDb, differenceDb }
  })
}

function thirdWords({ centreHz, trackDb, differenceDb }: Third): string {
  if (trackDb === null || differenceDb === null) return `${formatHz(centreHz)}: nothing to compare`
  const size = differenceSize(differenceDb, centreHz)
  return `${formatHz(centreHz)}: ${formatNumber(trackDb, 1)} dB, ${formatSigned(differenceDb, 1)} dB to the reference: ${size}`
}

/** Third octaves of the track as a line beside those of the reference, with the tolerance around them. */
export function ReferenceCurve({ comparison }: { comparison: Comparison }) {
  const host = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme('light')
  const [band, setBand] = useState<number | null>(null)
  const thirds = useMemo(() => thirdsOf(comparison), [comparison])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours that the plot reads
  useEffect(() => {
    if (host.current === null) return undefined
    const curves = {
      levels: thirds.map(({ centreHz, trackDb }) => ({ centreHz, levelDb: trackDb })),
      guide: thirds.map(({ referenceDb }) => referenceDb),
      toleranceDb,
      resonances: [],
    }
    return mountOctavePlot(host.current, curves, setBand)
  }, [thirds, scheme])
  if (thirds.every(({ trackDb }) => trackDb === null)) return null
  const hovered = band === null ? undefined : thirds[band]
  return (
    <div id="comparison.thirdOctaves" tabIndex={-1}>
      <h3 className={tables.part}>Tone</h3>
      <p className="muted small">
        Third octaves, both equally loud. Dashed: the reference; around it 3 dB either way, more below 200 Hz
        and above 1 kHz, where tracks differ by taste: an opinion.
      </p>
      <p className={plots.legend}>
        <span className={`${plots.legendItem} tabular`}>
          {hovered === undefined ? 'Point at a band for its value.' : thirdWords(hovered)}
        </span>
      </p>
      <div ref={host} className={plots.plot} style={{ height: octaveHeightPx }} />
      <details className={tables.more}>
        <summary>All bands in figures</summary>
        <ul className={tables.columns}>
          {thirds.map((third) => (
            <li key={third.centreHz}>{thirdWords(third)}</li>
          ))}
        </ul>
      </details>
    </div>
  )
}
