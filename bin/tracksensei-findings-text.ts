import type { Finding, Findings } from '../src/findings/contract.ts'
import type { Report } from '../src/report/contract.ts'

/** What is good, what to see to first, and how much more there is; empty without audio. */
export function findingsText({ findings }: Report): string {
  if (!findings) return ''
  const first = findings.priorities.flatMap(
    (rule) => findings.findings.find((one) => one.rule === rule) ?? [],
  )
  const more = findings.findings.filter((one) => !first.includes(one))
  return [
    list(
      'Good',
      findings.strengths.map(({ words }) => words),
    ),
    first.length === 0
      ? 'To do first\n  Nothing that must be done.\n'
      : list('To do first', first.map(priority)),
    more.length === 0 ? '' : list('Also seen', more.map(briefly)),
    scoreText(findings),
  ]
    .filter((text) => text !== '')
    .join('\n')
}

function list(title: string, lines: string[]): string {
  return lines.length === 0 ? '' : `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`
}

function priority(finding: Finding, index: number): string {
  return `${index + 1}. ${briefly(finding)}\n     ${finding.words}\n     ${finding.remedy}`
}

function briefly({ title, severity, confidence, rule }: Finding): string {
  return `${title} (${severity}, ${Math.round(100 * confidence)} % sure, ${rule})`
}

function scoreText({ scores }: Findings): string {
  if (scores.overall === null) return ''
  const areas = scores.areas.map(({ area, score }) => `${area} ${score === null ? '–' : score.toFixed(0)}`)
  return list('Scores (100: no finding lowers it)', [
    `${scores.overall.toFixed(0)} overall; ${areas.join(', ')}`,
  ])
}
