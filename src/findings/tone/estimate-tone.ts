import type { Spectrum } from '../../audio/contract.ts'
import { THIRD_OCTAVES } from '../../audio/third-octaves.ts'
import type { RuleId, Severity } from '../contract.ts'
import { contradict } from '../drop-contradictions.ts'
import { FAULT_SHAPES } from './fault-shapes.ts'
import { TONE_MODEL, type ToneFaultId } from './tone-weights.ts'

/** What an equaliser would have to have done to a usual spectrum to give this one. */
export interface ToneFault {
  id: ToneFaultId
  severity: Severity
  /** Estimated size of the fault: dB of a bell or shelf of the fault's shape, positive. */
  gainDb: number
  /** Standard deviation of the estimate on the tuning tracks, dB. */
  doubtDb: number
  /** 0…1: how often such a spectrum is one that the fault was planted into. */
  confidence: number
}

/** Scores are cut here, so that an odd spectrum is odd and not infinitely sure. */
const FARTHEST = 4

/** What of the spectrum the model sees. */
export type ToneSpectrum = Pick<Spectrum, 'thirdOctaves' | 'octavesOverTime'>

/**
 * The spectrum as the model sees it, in four parts, each in dB around its own mean so that level does not count: third
 * octaves of the whole from 31.5 Hz to 12.5 kHz, and from 50 Hz (below it they are single bins of the meter) their mean
 * in dB over time and what is exceeded 90 % and 10 % of the time. Lossy coders leave nothing above.
 * @returns null in silence or with fewer bands (low sample rates)
 */
export function toneVector({ thirdOctaves, octavesOverTime }: ToneSpectrum): number[] | null {
  if (!thirdOctaves || !octavesOverTime || thirdOctaves.every(({ levelDb }) => levelDb === null)) return null
  const highest = Math.max(...thirdOctaves.map(({ levelDb }) => levelDb ?? -200))
  const whole = thirdOctaves.map(({ levelDb }) => Math.max(levelDb ?? -200, highest - TONE_MODEL.depthDb))
  const { meanDb, quietDb, loudDb } = octavesOverTime
  const parts = [
    toneBands(TONE_MODEL.fromHz).map((i) => whole[i]),
    ...[meanDb, quietDb, loudDb].map((levels) => toneBands(TONE_MODEL.overTimeFromHz).map((i) => levels[i])),
  ]
  const known = parts.map((part) => part.filter((value) => value !== undefined))
  const vector = known.flatMap(aroundMean)
  return vector.length === TONE_MODEL.mean.length ? vector : null
}

/** The third octaves that the model looks at, as indices. */
export function toneBands(fromHz: number): number[] {
  return [...THIRD_OCTAVES.keys()].filter((i) => {
    const hz = THIRD_OCTAVES[i]?.centreHz ?? 0
    return hz >= fromHz && hz <= TONE_MODEL.toHz
  })
}

export function aroundMean(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

/** Size of each fault in dB if it were the only one: a filter matched to its shape and to how music varies. */
export function toneGains(vector: number[]): Record<ToneFaultId, number> {
  const gain = (weights: readonly number[]) =>
    weights.reduce((sum, weight, i) => sum + weight * ((vector[i] ?? 0) - (TONE_MODEL.mean[i] ?? 0)), 0)
  return {
    mud: gain(TONE_MODEL.faults.mud.filter),
    harsh: gain(TONE_MODEL.faults.harsh.filter),
    boomy: gain(TONE_MODEL.faults.boomy.filter),
    dull: gain(TONE_MODEL.faults.dull.filter),
    sibilant: gain(TONE_MODEL.faults.sibilant.filter),
    'thin-low-end': gain(TONE_MODEL.faults['thin-low-end'].filter),
    boxy: gain(TONE_MODEL.faults.boxy.filter),
  }
}

/** What a rule of tone measures, signed as its fault is; null for other rules and where tone cannot be judged. dB */
export function toneGainDb(rule: RuleId, spectrum: ToneSpectrum): number | null {
  const input = TONE_MODEL.inputs.find(({ id }) => id === rule)
  const vector = input === undefined ? null : toneVector(spectrum)
  if (input === undefined || vector === null) return null
  return FAULT_SHAPES[input.id].sign * toneGains(vector)[input.id]
}

/** How much more likely each fault is than none, from all sizes together (a logistic model). */
export function toneScores(gains: Record<ToneFaultId, number>): Record<ToneFaultId, number> {
  const inputs = TONE_MODEL.inputs.map(({ id, mean, deviation }) =>
    Math.max(-FARTHEST, Math.min(FARTHEST, (gains[id] - mean) / deviation)),
  )
  const score = ({ weights, bias }: { weights: readonly number[]; bias: number }) =>
    weights.reduce((sum, weight, i) => sum + weight * (inputs[i] ?? 0), bias)
  const { faults } = TONE_MODEL
  return {
    mud: score(faults.mud),
    harsh: score(faults.harsh),
    boomy: score(faults.boomy),
    dull: score(faults.dull),
    sibilant: score(faults.sibilant),
    'thin-low-end': score(faults['thin-low-end']),
    boxy: score(faults.boxy),
  }
}

/**
 * The faults of tone that the spectrum speaks for, strongest first; of two that contradict each other the stronger.
 * @returns null when tone cannot be judged
 */
export function estimateTone(spectrum: ToneSpectrum): ToneFault[] | null {
  const vector = toneVector(spectrum)
  if (vector === null) return null
  const gains = toneGains(vector)
  const scores = toneScores(gains)
  const kept: ToneFault[] = []
  const found = TONE_MODEL.inputs
    .map(({ id }) => ({ id, margin: scores[id] - TONE_MODEL.faults[id].minor }))
    .filter(({ id, margin }) => margin >= 0 && gains[id] > 0)
    .sort((a, b) => b.margin - a.margin)
  for (const { id } of found) {
    if (kept.some((other) => contradict(id, other.id))) continue
    const { moderate, severe, deviation, odds } = TONE_MODEL.faults[id]
    const reaches = (limit: number | null) => limit !== null && scores[id] >= limit
    const severity = reaches(severe) ? 'severe' : reaches(moderate) ? 'moderate' : 'minor'
    const confidence = 1 / (1 + Math.exp(-(odds.bias + odds.slope * scores[id])))
    kept.push({ id, severity, gainDb: gains[id], doubtDb: deviation, confidence })
  }
  return kept
}
