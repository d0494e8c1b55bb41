import type { FindingChanges } from './changes-contract.ts'
import { choosePriorities } from './choose-priorities.ts'
import type { Findings, FindingVerdict, RuleId } from './contract.ts'
import { scoreWithout } from './score-track.ts'
import { SEVERITIES } from './severities.ts'

/** Verdicts that cover the findings as they are now: one that became more severe than it was has to be judged again. */
function holding(findings: Findings, verdicts: readonly FindingVerdict[]): FindingVerdict[] {
  return verdicts.filter(({ rule, severity }) =>
    findings.findings.some(
      (finding) =>
        finding.rule === rule && SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(severity),
    ),
  )
}

/** Rules whose findings the owner of the track means to be so. */
export function intendedRules(
  findings: Findings,
  verdicts: readonly FindingVerdict[] = findings.verdicts ?? [],
): Set<RuleId> {
  const intended = holding(findings, verdicts).filter(({ verdict }) => verdict === 'intended')
  return new Set(intended.map(({ rule }) => rule))
}

/**
 * Findings as the owner of the track sees them: what is intended is still listed, but is no priority and lowers no
 * score; the next in weight takes its place among the priorities.
 */
export function respectVerdicts(findings: Findings, verdicts: readonly FindingVerdict[]): Findings {
  const known = holding(findings, verdicts)
  if (known.length === 0) return findings
  const intended = intendedRules(findings, known)
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
