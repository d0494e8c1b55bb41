import type { Repetition, RhythmCurves } from './rhythm-curves.ts'
import { pulseStrength, tempoCandidates } from './tempo-candidates.ts'
import { tempoFeatures } from './tempo-features.ts'
import { TEMPO_WEIGHTS } from './tempo-weights.ts'

/** A beat period in rows, and how likely it is the one people tap. */
export interface RankedTempo {
  period: number
  probability: number
}

/** Less repetition than this is what noise has too. */
const MIN_PULSE = 0.04
/** … and the shorter a track, the more repeats by chance: this over the root of its rows. */
const CHANCE = 2.5
const MAX_ALTERNATIVES = 5
const MIN_PROBABILITY = 0.005

/** Candidates by falling probability; none when nothing repeats. */
export function rankTempos(
  curves: RhythmCurves,
  repetition: Repetition,
  minPulse: number = MIN_PULSE,
): RankedTempo[] {
  const periods = tempoCandidates(repetition.all, curves.rowsPerSecond)
  const pulse = Math.max(0, ...periods.map((period) => pulseStrength(repetition.all, period)))
  if (pulse < Math.max(minPulse, CHANCE / Math.sqrt(curves.all.length))) return []
  const scores = periods.map((period) => score(tempoFeatures(curves, repetition, period)))
  const highest = Math.max(...scores)
  const odds = scores.map((value) => Math.exp(value - highest))
  const total = odds.reduce((sum, value) => sum + value, 0)
  return periods
    .map((period, i) => ({ period, probability: (odds[i] ?? 0) / total }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, 1 + MAX_ALTERNATIVES)
    .filter(({ probability }, i) => i === 0 || probability >= MIN_PROBABILITY)
}

function score(features: number[]): number {
  return features.reduce((sum, feature, i) => sum + feature * (TEMPO_WEIGHTS[i] ?? 0), 0)
}
