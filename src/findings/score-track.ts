import type { Area, AreaScore, Finding, Severity } from './contract.ts'
import { isUsual } from './genre-customs.ts'
import type { Subject } from './rule.ts'
import { AREAS } from './vocabulary.ts'

/** Where a number of this track stands in a stated population. */
export interface Standing {
  path: string
  area: Area
  /** 0…100 */
  percentile: number
  population: string
}

/** Part of an area's score that a finding takes when it is certain. */
const TAKES: Record<Severity, number> = { minor: 0.08, moderate: 0.25, severe: 0.5 }
/** Findings of the same cause take a quarter of what they would alone. */
const ALSO = 0.25
/** A number beyond nineteen of twenty tracks takes up to this part: unusual is not wrong. */
const UNUSUAL_TAKES = 0.06
const USUAL = 45
/** The weakest area counts as much as the mean of all. */
const WEAKEST_SHARE = 0.5

/**
 * 0…100 per area and overall. Each finding takes a part of what is left, by severity and confidence, so that every one of them
 * that is fixed raises the score; numbers beyond the middle 90 % of a stated population take a little, unless
 * the genre has them so.
 */
export function scoreTrack(
  findings: readonly Finding[],
  standings: readonly Standing[],
  subject: Subject,
): { overall: number | null; areas: AreaScore[] } {
  const areas = AREAS.map((area) => scoreArea(area, findings, standings, subject))
  return { overall: overallOf(areas), areas }
}

function overallOf(areas: readonly AreaScore[]): number | null {
  const scores = areas.flatMap(({ score }) => (score === null ? [] : [score]))
  if (scores.length === 0) return null
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  return WEAKEST_SHARE * Math.min(...scores) + (1 - WEAKEST_SHARE) * mean
}

/** The scores as they would be without these findings: what each of them took is given back. */
export function scoreWithout(
  { areas }: { areas: readonly AreaScore[] },
  findings: readonly Finding[],
): { overall: number | null; areas: AreaScore[] } {
  const raised = areas.map((area) =>
    findings.filter((finding) => finding.area === area.area).reduce(areaWithout, area),
  )
  return { overall: overallOf(raised), areas: raised }
}

function areaWithout(area: AreaScore, finding: Finding): AreaScore {
  const at = area.lowered.findIndex(({ by }) => by === finding.rule)
  if (area.score === null || at < 0) return area
  const left = 1 - partOf(finding)
  // Whatever came after it took its part of less.
  const lowered = area.lowered.flatMap(({ by, points }, index) => {
    if (index === at) return []
    return [{ by, points: index < at ? points : tenth(points / left) }]
  })
  return { ...area, score: Math.min(100, area.score / left), lowered }
}

function scoreArea(
  area: Area,
  findings: readonly Finding[],
  standings: readonly Standing[],
  subject: Subject,
): AreaScore {
  const numbers = standings.filter((standing) => standing.area === area)
  const population = numbers[0]?.population ?? null
  if (!canScore(area, subject)) return { area, score: null, lowered: [], population }
  let score = 100
  const lowered: AreaScore['lowered'] = []
  function take(by: string, part: number) {
    lowered.push({ by, points: tenth(score * part) })
    score *= 1 - part
  }
  for (const finding of findings) {
    if (finding.area === area) take(finding.rule, partOf(finding))
  }
  for (const { path, percentile } of numbers) {
    if (isUsual(path, percentile, subject.purpose.genre)) continue
    const beyond = Math.max(0, Math.abs(percentile - 50) - USUAL) / (50 - USUAL)
    if (beyond > 0) take(path, UNUSUAL_TAKES * beyond)
  }
  return { area, score, lowered, population }
}

/** The part that a finding takes together with those of the same cause; never all. */
function partOf({ severity, confidence, also }: Finding): number {
  const left = also.reduce(
    (rest, other) => rest * (1 - ALSO * TAKES[other.severity] * other.confidence),
    1 - TAKES[severity] * confidence,
  )
  return 1 - left
}

function canScore(area: Area, { audio, toneFaults }: Subject): boolean {
  if (audio.loudness.integratedLufs === null) return area === 'technical'
  if (area === 'stereo')
    return audio.stereo.correlation !== null || (audio.faults?.silentChannels.length ?? 0) > 0
  if (area === 'tone' || area === 'low end') return toneFaults !== null
  if (area === 'arrangement') return (audio.structure ?? null) !== null
  return true
}

function tenth(value: number): number {
  return Math.round(10 * value) / 10
}
