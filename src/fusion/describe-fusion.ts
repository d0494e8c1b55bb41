import type { Fusion } from './contract.ts'
import type { Fused } from './fuse.ts'
import { counterfactuals, gainPaths } from './gain-paths.ts'
import { judgeBounce } from './match/judge-bounce.ts'
import { setTiming } from './set-timing.ts'

/**
 * What a set and its mix say together. When the file does not seem to come from this set, the set's bars are not laid
 * over it, and nothing follows from its devices.
 */
export function describeFusion(fused: Fused): Fusion {
  const match = judgeBounce(fused)
  const isOther = match.verdict === 'no'
  return {
    match,
    timing: isOther ? null : setTiming(fused),
    counterfactuals: isOther ? [] : counterfactuals(fused.set, fused.audio),
    gainPaths: gainPaths(fused.tracks),
    tracksLeftOut: fused.leftOut,
  }
}
