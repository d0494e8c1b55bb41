import type { Finding, Findings } from '../../src/findings/contract.ts'

/** Findings sorted into what to do first, what else there is, and what its owner means to be so. */
export interface Sorted {
  first: Finding[]
  more: Finding[]
  intended: Finding[]
}

/** What to do first, in its order; the rest by weight; and what its owner means to be so. */
export function sortFindings({ findings, priorities, verdicts = [] }: Findings): Sorted {
  const isIntended = ({ rule }: Finding) =>
    verdicts.some((given) => given.rule === rule && given.verdict === 'intended')
  const first = priorities.flatMap((rule) => findings.find((finding) => finding.rule === rule) ?? [])
  return {
    first,
    more: findings.filter((finding) => !first.includes(finding) && !isIntended(finding)),
    intended: findings.filter(isIntended),
  }
}
