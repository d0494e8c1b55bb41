import type { ReactNode } from 'react'
import type { Comparison } from '../../src/report/comparison-contract.ts'
import type { Report } from '../../src/report/contract.ts'
import tables from '../report/tables.module.css'
import type { Timeline } from '../report/timeline.ts'
import { formatNumber, formatTime } from '../ui/format.ts'
import { BandDifferences } from './band-differences.tsx'
import classes from './compare.module.css'
import { DynamicsDifferences } from './dynamics-differences.tsx'
import { lowEndWords } from './low-end-words.ts'
import { ReferenceCurve } from './reference-curve.tsx'
import { SectionDifferences } from './section-differences.tsx'

/** What it is compared with, and what was done to make both equally loud. */
function leadWords(name: string, comparison: Comparison): string {
  const length =
    comparison.reference === undefined ? '' : `, ${formatTime(comparison.reference.durationSeconds)}`
  const gainDb = comparison.gainDb ?? null
  const start = `Against ${name}${length}.`
  if (gainDb === null) return `${start} One of the two is silent, so that their loudness cannot be matched.`
  if (Math.abs(gainDb) < 0.05) return `${start} Both are equally loud.`
  const turned = `${formatNumber(Math.abs(gainDb), 1)} dB ${gainDb > 0 ? 'up' : 'down'}`
  return `${start} Yours is turned ${turned} to be as loud; nothing below but the loudness itself and the peaks depends on level.`
}

interface ComparisonPanelProps {
  referenceName: string
  /** The way to another reference, where the reader may choose. */
  choice: ReactNode
  report: Report
  timeline: Timeline
}

/** The report against a reference track: tone, bands, dynamics, low end, sections. */
export function ComparisonPanel({ referenceName, choice, report, timeline }: ComparisonPanelProps) {
  const comparison = report.comparison ?? null
  if (comparison === null) return <div>{choice}</div>
  return (
    <section aria-labelledby="comparison-title" id="comparison" tabIndex={-1}>
      <h2 id="comparison-title" className={tables.heading}>
        Against the reference
      </h2>
      {choice}
      <p className={classes.lead}>{leadWords(referenceName, comparison)}</p>
      <ReferenceCurve comparison={comparison} />
      <BandDifferences comparison={comparison} />
      {comparison.lowEnd !== undefined && (
        <div id="comparison.lowEnd" tabIndex={-1}>
          <h3 className={tables.part}>Low end</h3>
          <ul className={classes.facts}>
            {lowEndWords(comparison.lowEnd).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
      <DynamicsDifferences comparison={comparison} />
      <SectionDifferences comparison={comparison} structure={report.structure} timeline={timeline} />
    </section>
  )
}
