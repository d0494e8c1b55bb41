import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RuleId, Severity } from '../../src/findings/contract.ts'
import { SEVERITIES } from '../../src/findings/severities.ts'
import { RULE_IDS } from '../../src/findings/vocabulary.ts'
import { RULE_OF } from './planted.ts'
import { type Result, type Verdict, verdictOf } from './verdicts.ts'

/** Nothing is surer than this. */
const SUREST = 0.98

/** Confidence of each rule and severity: the share that was true among the tuning masters, drawn to that of the whole rule. */
export function calibrate(results: Result[]): void {
  const lines = RULE_IDS.flatMap((rule) => {
    if (!Object.values(RULE_OF).includes(rule)) return []
    const whole = verdictsOf(results, rule, SEVERITIES)
    const prior = (rightOf(whole) + 1) / (whole.length + 1.2)
    const parts = SEVERITIES.flatMap((severity) => {
      const verdicts = verdictsOf(results, rule, [severity])
      const value = (rightOf(verdicts) + 2 * prior) / (verdicts.length + 2)
      return verdicts.length === 0 ? [] : [`${severity}: ${Math.min(SUREST, value).toFixed(2)}`]
    })
    return parts.length === 0 ? [] : [`  '${rule}': { ${parts.join(', ')} },`]
  })
  const bases = new Set(results.map(({ planted }) => planted.base)).size
  const text = `import type { RuleId, Severity } from './contract.ts'

/** Share of findings that were true on defects planted into ${bases} tuning masters. Written by scripts/bench-findings.ts --calibrate. */
export const CALIBRATION: Partial<Record<RuleId, Partial<Record<Severity, number>>>> = {
${lines.join('\n')}
}
`
  writeFileSync(fileURLToPath(new URL('../../src/findings/calibration.ts', import.meta.url)), text)
}

function verdictsOf(results: Result[], rule: RuleId, severities: readonly Severity[]): Verdict[] {
  return results.flatMap((result) =>
    result.found
      .filter((finding) => finding.rule === rule && severities.includes(finding.severity))
      .map(() => verdictOf(result, rule))
      .filter((verdict) => verdict !== 'neither'),
  )
}

function rightOf(verdicts: Verdict[]): number {
  return verdicts.filter((verdict) => verdict === 'true').length
}
