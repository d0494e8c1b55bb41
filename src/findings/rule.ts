import type { AudioMeasures } from '../audio/contract.ts'
import type { Advice, Area, Evidence, FindingPlace, Provenance, RuleId, Severity } from './contract.ts'
import type { ToneFault } from './tone/estimate-tone.ts'

/** What the track is meant to be; null where nobody said. */
export interface Purpose {
  kind: 'mix' | 'master' | null
  genre: string | null
  destination: string | null
}

export const UNSTATED: Purpose = { kind: null, genre: null, destination: null }

/** What of a track is judged: everything measured but the drawing of the waveform. */
export type Judged = Omit<AudioMeasures, 'waveform'>

/** Everything a rule may look at. */
export interface Subject {
  audio: Judged
  purpose: Purpose
  /** Faults of tone that explain the spectrum, at most one per direction of a band; null when tone cannot be judged. */
  toneFaults: ToneFault[] | null
}

/** A number that decides, with what it is worth and where it comes from. */
export interface Threshold {
  value: number
  unit: string
  provenance: Provenance
  source: string
}

/** What a rule found. */
export interface Judgement {
  severity: Severity
  title: string
  words: string
  evidence: Evidence[]
  times?: { startSeconds: number; endSeconds: number }[]
  band?: FindingPlace['band']
  remedy: string
  /** The remedy as a change of one number; left out where none says whether it was followed. */
  advice?: Advice
  check: string
  /** 0…1, counted on planted defects, where it is known better than by rule and severity. */
  confidence?: number
}

export interface Rule {
  id: RuleId
  area: Area
  /** Why this track cannot be judged by this rule; null when it can. */
  cannotJudge?(subject: Subject): string | null
  /** @returns null when nothing is wrong */
  judge(subject: Subject): Judgement | null
}

/** Evidence that a number is on the wrong side of a threshold. */
export function beyond(
  path: string,
  what: string,
  value: number,
  { value: limit, unit, provenance, source }: Threshold,
  side: 'at most' | 'at least',
): Evidence {
  const target = side === 'at most' ? { from: null, to: limit } : { from: limit, to: null }
  return { path, what, value, unit, target, provenance, source }
}

/** Advice to change a number. @param change newer minus earlier; null is open */
export function advise(
  path: string,
  what: string,
  unit: string,
  from: number | null,
  to: number | null,
  band: Advice['band'] = null,
): Advice {
  const tenth = (value: number | null) => (value === null ? null : Math.round(10 * value) / 10)
  return { path, what, band, unit, change: { from: tenth(from), to: tenth(to) } }
}

/** The highest severity whose threshold is reached. @param steps from the lowest, values rising */
export function severityOf(
  value: number,
  steps: { minor: number; moderate: number; severe: number },
): Severity | null {
  if (value >= steps.severe) return 'severe'
  if (value >= steps.moderate) return 'moderate'
  return value >= steps.minor ? 'minor' : null
}
