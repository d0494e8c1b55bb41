import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RuleId, Severity } from '../../src/findings/contract.ts'
import { SEVERITIES } from '../../src/findings/severities.ts'
import { TONE_MODEL } from '../../src/findings/tone/tone-weights.ts'
import { RULE_IDS } from '../../src/findings/vocabulary.ts'
import { type BaseRates, rateOf } from './base-rates.ts'
import { RULE_OF } from './planted.ts'
import { isFound, type Result, verdictOf } from './verdicts.ts'

/** Rules that know their confidence better, by their score. */
const OWN_CONFIDENCE = new Set<RuleId>([...TONE_MODEL.inputs.map(({ id }) => id), 'too-wide'])
/** Nothing is surer than this. */
const SUREST = 0.98
/** How many findings the share of the whole rule counts as, beside those of one severity. */
const PRIOR_COUNT = 2

/** What is not seen on any clean track may still be there on the next ones: this many tracks. */
const UNSEEN_TRACKS = 0.5

interface Counts {
  right: number
  wrong: number
  /** How often it was seen at all. */
  fires: number
}

/**
 * Confidence of each rule and severity: the share that was true among the planted tuning masters. How often a rule fires on
 * music as it is comes from many more clean excerpts, since a few masters say little about it.
 */
export function calibrate(results: Result[], rates: BaseRates): void {
  const lines = RULE_IDS.flatMap((rule) => {
    if (!Object.values(RULE_OF).includes(rule) || OWN_CONFIDENCE.has(rule)) return []
    const each = SEVERITIES.map((severity) => ({ severity, ...countsOf(results, rates, rule, severity) }))
    const sum = (pick: (one: Counts) => number) => each.reduce((all, one) => all + pick(one), 0)
    const whole = (sum(({ right }) => right) + 1) / (sum(({ right, wrong }) => right + wrong) + 1.2)
    const parts = notLessSure(
      each
        .filter(({ fires }) => fires > 0)
        .map(({ severity, right, wrong }) => ({
          severities: [severity],
          right: right + PRIOR_COUNT * whole,
          all: right + wrong + PRIOR_COUNT,
        })),
    ).flatMap(({ severities, right, all }) =>
      severities.map((severity) => `${severity}: ${Math.min(SUREST, right / all).toFixed(2)}`),
    )
    return parts.length === 0 ? [] : [`  '${rule}': { ${parts.join(', ')} },`]
  })
  const bases = new Set(results.map(({ planted }) => planted.base)).size
  const text = `import type { RuleId, Severity } from './contract.ts'

/**
 * Share of findings that were true on defects planted into ${bases} tuning masters, with base rates of ${rates.tracks} tuning tracks. Written by
 * scripts/bench-findings.ts --calibrate. Rules of tone and too-wide know their confidence better, by their score.
 */
export const CALIBRATION: Partial<Record<RuleId, Partial<Record<Severity, number>>>> = {
${lines.join('\n')}
}
`
  writeFileSync(fileURLToPath(new URL('../../src/findings/calibration.ts', import.meta.url)), text)
}

interface Pool {
  severities: Severity[]
  right: number
  all: number
}

/**
 * From the mildest to the worst: a worse finding of the same rule is never less sure. Where few were counted and it seems
 * so, both are counted together (pool adjacent violators).
 */
function notLessSure(pools: Pool[]): Pool[] {
  const kept: Pool[] = []
  for (const pool of pools) {
    kept.push(pool)
    for (;;) {
      const worse = kept.at(-1)
      const milder = kept.at(-2)
      if (!worse || !milder || worse.right / worse.all >= milder.right / milder.all) break
      kept.splice(-2, 2, {
        severities: [...milder.severities, ...worse.severities],
        right: milder.right + worse.right,
        all: milder.all + worse.all,
      })
    }
  }
  return kept
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
  const onCleanMusic = rate === null ? 0 : rate + UNSEEN_TRACKS / rates.tracks / SEVERITIES.length
  return { right, wrong: brought.length + onCleanMusic * results.length, fires: fired.length + (rate ?? 0) }
}
