import type { Area, Evidence, Finding, FindingPlace, Severity } from '../../src/findings/contract.ts'
import { capitalised, countOf, formatHzRange, formatNumber, formatTime } from '../ui/format.ts'

const SEVERITY_WORDS: Record<Severity, string> = { severe: 'Severe', moderate: 'Moderate', minor: 'Minor' }
const PROVENANCE_WORDS: Record<Evidence['provenance'], string> = {
  standard: 'standard',
  'measured population': 'measured on other tracks',
  opinion: 'opinion',
}
/** More places than these are told as a number. */
const TOLD_PLACES = 3

export const severityWords = (severity: Severity) => SEVERITY_WORDS[severity]
export const areaWords = (area: Area) => capitalised(area)

/** How much a finding is to be trusted: "almost certain: of 100 like it, 98 were true". */
export function confidenceWords({
  confidence,
  confidenceFrom,
}: Pick<Finding, 'confidence' | 'confidenceFrom'>): string {
  const counted = `${formatNumber(confidence * 100, 0)} of 100`
  return confidenceFrom === 'estimate'
    ? `${sureness(confidence)} (our estimate: ${counted} like it are true)`
    : `${sureness(confidence)} (counted on planted faults: ${counted} like it were true)`
}

/** 0…1 in a word or two. */
export function sureness(confidence: number): string {
  if (confidence >= 0.9) return 'almost certain'
  if (confidence >= 0.7) return 'likely'
  if (confidence >= 0.5) return 'more likely than not'
  return confidence >= 0.25 ? 'possible' : 'a vague hint'
}

/** A number as precise as its size makes sense. */
export function valueWords(value: number | null, unit: string): string {
  if (value === null) return 'nothing'
  const decimals = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) < 0.1 ? 3 : 1
  return `${formatNumber(value, decimals)}${unit === '' ? '' : `\u00a0${unit}`}`
}

function targetWords({ target, unit }: Evidence): string {
  if (target === null) return ''
  const { from, to } = target
  if (from !== null && to !== null) {
    return from === to
      ? `; usual is ${valueWords(from, unit)}`
      : `; usual is ${valueWords(from, '')} to ${valueWords(to, unit)}`
  }
  if (to !== null) return `; at most ${valueWords(to, unit)} raises nothing`
  return from === null ? '' : `; ${valueWords(from, unit)} or more raises nothing`
}

/** "PLR 5.2 dB; 8 dB or more raises nothing". */
export function evidenceWords(evidence: Evidence): string {
  return `${evidence.what} ${valueWords(evidence.value, evidence.unit)}${targetWords(evidence)}`
}

/** "opinion: I. Shepherd, PSR 8". */
export function sourceWords({ provenance, source }: Evidence): string {
  return `${PROVENANCE_WORDS[provenance]}: ${source}`
}

/** One stretch of time: "0:32 to 0:40", in bars where they are known. */
export function stretchWords(place: FindingPlace, index: number): string {
  const time = place.times[index]
  if (time === undefined) return ''
  const isMoment = time.endSeconds - time.startSeconds < 1
  const seconds = isMoment
    ? formatTime(time.startSeconds, 1)
    : `${formatTime(time.startSeconds)} to ${formatTime(time.endSeconds)}`
  const bars = place.bars?.[index]
  if (bars === undefined) return seconds
  return `${seconds} (${bars.from === bars.to ? `bar ${bars.from}` : `bars ${bars.from} to ${bars.to}`})`
}

/** Where a finding is, in one line. */
export function placeWords({ place }: Pick<Finding, 'place'>): string {
  const told = place.times.slice(0, TOLD_PLACES).map((_time, index) => stretchWords(place, index))
  const more = place.times.length - told.length
  const times = told.length === 0 ? 'the whole track' : told.join(', ')
  const rest = more > 0 ? ` and ${countOf(more, 'more place', 'more places')}` : ''
  const band = place.band === null ? '' : `, ${formatHzRange(place.band.fromHz, place.band.toHz)}`
  return `${times}${rest}${band}`
}

/** How many findings each area has, in the order of the list. */
export function areasOf(findings: readonly Finding[]): { area: Area; count: number }[] {
  const counts = new Map<Area, number>()
  for (const { area } of findings) counts.set(area, (counts.get(area) ?? 0) + 1)
  return [...counts].map(([area, count]) => ({ area, count }))
}
