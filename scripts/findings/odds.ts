import { logistic } from './linear.ts'

/** Scores of clean excerpts and of the same with a fault planted at each size, with what each excerpt counts. */
export interface Scores {
  weights: readonly number[]
  clean: readonly number[]
  /** Per size. */
  planted: readonly (readonly number[])[]
}

/** Two sizes of one defect among 55 files that the bench makes of a master. */
export const PLANTED_SHARE = 2 / 55

/** The score that a share of the clean tracks reaches. */
export function quantile(scores: readonly number[], weights: readonly number[], share: number): number {
  const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  for (const k of order) {
    sum += weights[k] ?? 0
    if (sum >= share * all) return scores[k] ?? 0
  }
  return Number.NEGATIVE_INFINITY
}

/** Part of the excerpts whose score reaches a limit. */
export function shareReaching(scores: readonly number[], weights: readonly number[], limit: number): number {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return scores.reduce((sum, score, k) => sum + (score >= limit ? (weights[k] ?? 0) : 0), 0) / all
}

/** Odds that a called fault was planted, by its score, when one file in so many has it planted. */
export function oddsOf({ weights, clean, planted }: Scores, called: number): { bias: number; slope: number } {
  const inputs: number[][] = []
  const truths: boolean[] = []
  const counted: number[] = []
  const add = (score: number, truth: boolean, weight: number) => {
    if (score < called) return
    inputs.push([score])
    truths.push(truth)
    counted.push(weight)
  }
  for (const [k, weight] of weights.entries()) {
    add(clean[k] ?? 0, false, weight * (1 - PLANTED_SHARE))
    for (const scores of planted) add(scores[k] ?? 0, true, (weight * PLANTED_SHARE) / planted.length)
  }
  const [slope = 0, bias = 0] = logistic(inputs, truths, counted, 0.01)
  return { bias, slope }
}
