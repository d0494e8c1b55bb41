import type { Finding, RuleId } from './contract.ts'
import { SEVERITIES } from './severities.ts'

/** Findings that come of one cause. The most specific of the leads that fired speaks for all of them. */
interface Cause {
  leads: readonly RuleId[]
  /** The most severe lead speaks, not the first. */
  bySeverity?: boolean
  follow: readonly RuleId[]
}

const CAUSES: readonly Cause[] = [
  { leads: ['clipping', 'over-limited'], bySeverity: true, follow: ['true-peak-over', 'codec-overshoot'] },
  { leads: ['true-peak-over'], follow: ['codec-overshoot'] },
  { leads: ['inverted-polarity'], follow: ['mono-incompatible', 'side-only-lows', 'too-wide'] },
  { leads: ['side-only-lows'], follow: ['mono-incompatible'] },
  { leads: ['low-bit-depth'], follow: ['noise-floor'] },
  { leads: ['lossy-source'], follow: ['dull'] },
]

/** Findings of one cause become one: the lead keeps its words, takes the highest severity and carries the others along. */
export function mergeCauses(findings: readonly Finding[]): Finding[] {
  return CAUSES.reduce<Finding[]>((all, cause) => mergeOne(all, cause), [...findings])
}

function mergeOne(findings: Finding[], { leads, bySeverity, follow }: Cause): Finding[] {
  const candidates = leads.flatMap((id) => findings.filter(({ rule }) => rule === id))
  const lead = bySeverity ? candidates.toSorted((a, b) => rank(b) - rank(a))[0] : candidates[0]
  if (!lead) return findings
  const followers = findings.filter(
    (finding) => finding !== lead && (leads.includes(finding.rule) || follow.includes(finding.rule)),
  )
  if (followers.length === 0) return findings
  const merged: Finding = {
    ...lead,
    severity: SEVERITIES[Math.max(...[lead, ...followers].map(rank))] ?? lead.severity,
    also: [...lead.also, ...followers.flatMap((follower) => [briefly(follower), ...follower.also])],
  }
  return findings.flatMap((finding) =>
    finding === lead ? [merged] : followers.includes(finding) ? [] : [finding],
  )
}

function rank({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity)
}

function briefly({ rule, severity, confidence, title, evidence }: Finding): Finding['also'][number] {
  return { rule, severity, confidence, title, evidence }
}
