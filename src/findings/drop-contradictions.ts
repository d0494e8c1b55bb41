import type { Finding, RuleId } from './contract.ts'
import { weigh } from './weigh.ts'

/** Findings that cannot both be true of one track. */
export const CONTRADICTIONS: readonly (readonly [RuleId, RuleId])[] = [
  ['dull', 'sibilant'],
  ['boomy', 'thin-low-end'],
  ['too-narrow', 'too-wide'],
  ['too-narrow', 'inverted-polarity'],
  ['too-narrow', 'mono-incompatible'],
  ['mono', 'too-wide'],
  ['mono', 'too-narrow'],
  ['mono', 'mono-incompatible'],
  ['mono', 'inverted-polarity'],
  ['mono', 'side-only-lows'],
  ['mono', 'imbalance'],
  ['mono', 'channel-missing'],
]

/** Of two findings that contradict each other the weightier stays; of equal ones the first. */
export function dropContradictions(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = []
  for (const finding of findings.toSorted((a, b) => weigh(b) - weigh(a)))
    if (!kept.some((other) => contradict(finding.rule, other.rule))) kept.push(finding)
  return findings.filter((finding) => kept.includes(finding))
}

export function contradict(a: RuleId, b: RuleId): boolean {
  return CONTRADICTIONS.some(([one, other]) => (a === one && b === other) || (a === other && b === one))
}
