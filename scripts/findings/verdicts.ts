import type { RuleId, Severity } from '../../src/findings/contract.ts'
import { judgeTrack } from '../../src/findings/judge-track.ts'
import { wasLossy } from './masters.ts'
import { ALSO_TRUE, type Planted, RULE_OF } from './planted.ts'

export interface Found {
  rule: RuleId
  severity: Severity
  confidence: number
  /** Not told under another finding. */
  leads: boolean
}

export interface Result {
  planted: Planted
  found: Found[]
}

/** The findings of one planted track, judged as a master. */
export function judgePlanted(planted: Planted): Result {
  const { findings } = judgeTrack(planted.measures, { kind: 'master', genre: null, destination: null })
  const found = findings.flatMap(({ rule, severity, confidence, also }) => [
    { rule, severity, confidence, leads: true },
    ...also.map((other) => ({ ...other, leads: false })),
  ])
  return { planted, found }
}

export type Verdict = 'true' | 'false' | 'neither'

/**
 * A finding is true when its defect was planted, neither when it comes along with it, else false: on clean masters too.
 * Masters are music as it is: one that has a fault of its own counts as false here, which makes the figures cautious.
 */
export function verdictOf({ planted }: Result, rule: RuleId): Verdict {
  if (RULE_OF[planted.defect] === rule) return 'true'
  if (rule === 'lossy-source' && wasLossy(planted.base)) return 'neither'
  return (ALSO_TRUE[planted.defect] ?? []).includes(rule) ? 'neither' : 'false'
}

export function isFound(result: Result, rule: RuleId): boolean {
  return result.found.some((finding) => finding.rule === rule)
}
