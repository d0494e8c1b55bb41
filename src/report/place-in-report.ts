import { type BarLines, barsTouched, placeInBars } from '../findings/place-in-bars.ts'
import type { ChangeRange } from './changes-contract.ts'
import type { Report } from './contract.ts'
import { wholeBars } from './moved-ranges.ts'

/** Kinds of changes whose size is a length in seconds. */
const LENGTHS: ReadonlySet<ChangeRange['kind']> = new Set([
  'inserted',
  'removed',
  'later-start',
  'earlier-start',
])

/** Tells the places of findings and of changes in the bars that count now: those of the set, of the user, or the heard ones. */
export function placeInReport(report: Report): Report {
  const { findings, changes, rhythm, provenance } = report
  const lines = {
    startsSeconds: rhythm?.downbeatsSeconds ?? [],
    firstBar: provenance?.bars?.firstBar ?? 1,
  }
  return {
    ...report,
    ...(findings ? { findings: { ...findings, findings: findings.findings.map(placed(lines)) } } : {}),
    ...(changes
      ? { changes: { ...changes, ranges: changes.ranges.map((range) => placedRange(range, lines, report)) } }
      : {}),
  }
}

function placed(lines: BarLines) {
  return <Placed extends { place: Parameters<typeof placeInBars>[0] }>(finding: Placed): Placed => ({
    ...finding,
    place: placeInBars(finding.place, lines),
  })
}

function placedRange(range: ChangeRange, lines: BarLines, { rhythm }: Report): ChangeRange {
  const bars = LENGTHS.has(range.kind) ? wholeBars(Math.abs(range.change), { rhythm }) : null
  return { ...range, bars, atBars: barsTouched(range, lines) }
}
