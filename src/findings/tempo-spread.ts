import type { Judged } from './rule.ts'

/** Between which tempi all but the farthest twentieths of the track lie, and how far apart they are; null without a beat. */
export function tempoSpread({ rhythm }: Judged): { lowBpm: number; highBpm: number; percent: number } | null {
  const tempi = rhythm?.tempoCurve.tempoBpm.toSorted((a, b) => a - b) ?? []
  const lowBpm = tempi[Math.floor(tempi.length * 0.05)]
  const highBpm = tempi[Math.floor(tempi.length * 0.95)]
  if (lowBpm === undefined || highBpm === undefined || lowBpm <= 0) return null
  return { lowBpm, highBpm, percent: 100 * (highBpm / lowBpm - 1) }
}
