import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RuleId, Severity } from '../../src/findings/contract.ts'
import { SEVERITIES } from '../../src/findings/severities.ts'
import { RULE_IDS } from '../../src/findings/vocabulary.ts'
import { type BaseRates, rateOf } from './base-rates.ts'
import { RULE_OF } from './planted.ts'
import { isFound, type Result, verdictOf } from './verdicts.ts'

/** Nothing is surer than this. */
const SUREST = 0.98
/** How many findings the share of the whole rule counts as, beside those of one severity. */
const PRIOR_COUNT = 2

/** Excerpts are less chosen than masters: half of what fires on them is taken to be really so. */
const NATURAL_SHARE = 0.5

interface Counts {
  right: number
  wrong: number
}

/**
 * Confidence of each rule and severity: the share that was true among the planted tuning masters. How often a rule fires on
 * music as it is comes from many more clean excerpts, since a few masters say little about it.
 */
export function calibrate(results: Result[], rates: BaseRates): void {
  const lines = RULE_IDS.flatMap((rule) => {
    if (!Object.values(RULE_OF).includes(rule)) return []
    const each = SEVERITIES.map((severity) => ({ severity, ...countsOf(results, rates, rule, severity) }))
    const sum = (pick: (one: Counts) => number) => each.reduce((all, one) => all + pick(one), 0)
    const whole = (sum(({ right }) => right) + 1) / (sum(({ right, wrong }) => right + wrong) + 1.2)
    const parts = each.flatMap(({ severity, right, wrong }) => {
      if (right + wrong === 0) return []
      const value = (right + PRIOR_COUNT * whole) / (right + wrong + PRIOR_COUNT)
      return [`${severity}: ${Math.min(SUREST, value).toFixed(2)}`]
    })
    return parts.length === 0 ? [] : [`  '${rule}': { ${parts.join(', ')} },`]
  })
  const bases = new Set(results.map(({ planted }) => planted.base)).size
  const text = `import type { RuleId, Severity } from './contract.ts'

/**
 * Share of findings that were true on defects planted into ${bases} tuning masters, with base rates of ${rates.tracks} tuning tracks. Written by
 * scripts/bench-findings.ts --calibrate. Rules of tone know their confidence better, by their score.
 */
export const CALIBRATION: Partial<Record<RuleId, Partial<Record<Severity, number>>>> = {
${lines.join('\n')}
}
`
  writeFileSync(fileURLToPath(new URL('../../src/findings/calibration.ts', import.meta.url)), text)
}

function countsOf(results: Result[], rates: BaseRates, rule: RuleId, severity: Severity): Counts {
  const natural = new Set(
    results
      .filter((result) => result.planted.defect === 'clean' && isFound(result, rule))
      .map(({ planted }) => planted.base),
  )
  const rate = rateOf(rates, rule, severity)
  const fired = results.filter((result) =>
    result.found.some((finding) => finding.rule === rule && finding.severity === severity),
  )
  const right = fired.filter((result) => verdictOf(result, rule) === 'true').length
  const wrong = fired.filter((result) => verdictOf(result, rule) === 'false')
  // Where it fires on the master itself anyway, the base rate counts instead.
  const brought = rate === null ? wrong : wrong.filter(({ planted }) => !natural.has(planted.base))
  return { right, wrong: brought.length + NATURAL_SHARE * (rate ?? 0) * results.length }
}
