import { arrangementOf } from '../als/arrangement.ts'
import type { LiveSet } from '../als/contract.ts'
import type { AudioMeasures } from '../audio/contract.ts'
import type { Findings } from '../findings/contract.ts'
import { createCauseFinder } from '../fusion/causes/find-causes.ts'
import { describeFusion } from '../fusion/describe-fusion.ts'
import { fuse } from '../fusion/fuse.ts'
import { preflight } from '../preflight/preflight.ts'
import type { Report } from './contract.ts'

/** What the report says of a Live set, alone and together with its mix; findings get their causes among its tracks. */
export function setParts(
  set: LiveSet,
  audio: AudioMeasures | null,
  findings: Findings | null,
): Pick<Report, 'arrangement' | 'preflight' | 'fusion' | 'findings'> {
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
  }
}
