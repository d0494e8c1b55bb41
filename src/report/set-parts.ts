import { arrangementOf } from '../als/arrangement.ts'
import type { LiveSet } from '../als/contract.ts'
import type { AudioMeasures } from '../audio/contract.ts'
import type { Findings } from '../findings/contract.ts'
import { createCauseFinder } from '../fusion/causes/find-causes.ts'
import { describeFusion } from '../fusion/describe-fusion.ts'
import { fuse } from '../fusion/fuse.ts'
import { preflight } from '../preflight/preflight.ts'
import { diffSets } from '../set-diff/diff-sets.ts'
import type { Changes } from './changes-contract.ts'
import type { Report } from './contract.ts'
import type { EarlierSet } from './foresee-change.ts'
import { joinSetChanges } from './join-set-changes.ts'

/** What comes beside the set; null what did not come. */
interface BesideSet {
  audio: AudioMeasures | null
  findings: Findings | null
  /** Of the mix since the earlier version. */
  changes: Changes | null
  earlierSet: EarlierSet | null
}

/** What the report says of a Live set, alone and together with its mix; findings get their causes among its tracks. */
export function setParts(
  set: LiveSet,
  { audio, findings, changes, earlierSet }: BesideSet,
): Pick<Report, 'arrangement' | 'preflight' | 'fusion' | 'findings' | 'setChanges'> {
  const fused = audio === null ? null : fuse(set, audio)
  const fusion = fused === null ? null : describeFusion(fused)
  // Nothing follows for a file that does not seem to come from this set.
  const causesOf = fused === null || fusion?.timing == null ? null : createCauseFinder(fused)
  return {
    arrangement: arrangementOf(set),
    preflight: preflight(set),
    fusion,
    findings:
      findings === null || causesOf === null
        ? findings
        : {
            ...findings,
            findings: findings.findings.map((finding) => ({ ...finding, ...causesOf(finding) })),
          },
    setChanges:
      earlierSet === null
        ? null
        : joinSetChanges(
            diffSets(earlierSet.set, set),
            changes,
            { set, fused, offsetSeconds: fusion?.timing?.offsetSeconds ?? null },
            { ...earlierSet, fused: null },
          ),
  }
}
