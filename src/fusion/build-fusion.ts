import type { LiveSet } from '../als/contract.ts'
import type { AudioMeasures } from '../audio/contract.ts'
import type { Fusion } from './contract.ts'
import { fuse } from './fuse.ts'
import { counterfactuals, gainPaths } from './gain-paths.ts'
import { judgeBounce } from './match/judge-bounce.ts'
import { setTiming } from './set-timing.ts'

/**
 * What a set and its mix say together. When the file does not seem to come from this set, the set's bars are not laid
 * over it, and nothing follows from its devices.
 * @returns null when they cannot be laid over each other: a silent file, a set without tempo or arrangement
 */
export function buildFusion(set: LiveSet, audio: AudioMeasures): Fusion | null {
  const fused = fuse(set, audio)
  if (fused === null) return null
  const match = judgeBounce(fused)
  const isOther = match.verdict === 'no'
  return {
    match,
    timing: isOther ? null : setTiming(fused),
    counterfactuals: isOther ? [] : counterfactuals(set, audio),
    gainPaths: gainPaths(fused.tracks),
    tracksLeftOut: fused.leftOut,
  }
}
