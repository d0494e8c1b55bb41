import type { FindingChanges } from './changes-contract.ts'
import { choosePriorities } from './choose-priorities.ts'
import type { Findings, FindingVerdict, RuleId } from './contract.ts'
import { scoreWithout } from './score-track.ts'

/** Rules whose findings the owner of the track means to be so. */
export function intendedRules(verdicts: readonly FindingVerdict[]): Set<RuleId> {
  return new Set(verdicts.filter(({ verdict }) => verdict === 'intended').map(({ rule }) => rule))
}

/**
 * Findings as the owner of the track sees them: what is intended is still listed, but is no priority and lowers no
 * score; the next in weight takes its place among the priorities.
 */
export function respectVerdicts(findings: Findings, verdicts: readonly FindingVerdict[]): Findings {
  const known = verdicts.filter(({ rule }) => findings.findings.some((finding) => finding.rule === rule))
  if (known.length === 0) return findings
  const intended = intendedRules(known)
  return {
    ...findings,
    priorities: choosePriorities(findings.findings.filter(({ rule }) => !intended.has(rule))),
    verdicts: known,
    scores: scoreWithout(
      findings.scores,
      findings.findings.filter(({ rule }) => intended.has(rule)),
    ),
  }
}

/** What became of findings, each of the intended ones marked as that; scores of both versions stay as they were judged. */
export function markIntended(changes: FindingChanges, intended: ReadonlySet<RuleId>): FindingChanges {
  if (intended.size === 0) return changes
  return {
    ...changes,
    findings: changes.findings.map((change) =>
      intended.has(change.rule) ? { ...change, isIntended: true } : change,
    ),
  }
}
