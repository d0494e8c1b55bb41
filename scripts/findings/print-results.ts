import type { RuleId, Severity } from '../../src/findings/contract.ts'
import { SEVERITIES } from '../../src/findings/severities.ts'
import { RULE_IDS } from '../../src/findings/vocabulary.ts'
import { FALLING, type Planted, RULE_OF } from './planted.ts'
import { isFound, type Result, verdictOf } from './verdicts.ts'

const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(0)} %`

const HEADS = ['larger', 'smaller', 'precision', 'moderate+', 'clean fires', 'clean moderate+', 'found from']

/** Recall, precision, base rate on clean masters and smallest size of every rule. */
export function printRules(results: Result[]): void {
  console.log(`\n${'rule'.padEnd(19)}${HEADS.map((head) => head.padEnd(16)).join('')}`)
  const clean = results.filter(({ planted }) => planted.defect === 'clean')
  for (const rule of RULE_IDS) {
    const mine = results.filter(({ planted }) => RULE_OF[planted.defect] === rule)
    const recall = (size: Planted['size']) => {
      const set = mine.filter(({ planted }) => planted.size === size)
      return percent(set.filter((result) => isFound(result, rule)).length, set.length)
    }
    const columns = [
      recall('larger'),
      recall('smaller'),
      precision(results, rule, SEVERITIES),
      precision(results, rule, ['moderate', 'severe']),
      percent(clean.filter((result) => isFound(result, rule)).length, clean.length),
      percent(clean.filter((result) => isLoud(result, rule)).length, clean.length),
      smallestFound(mine, rule),
    ]
    console.log(rule.padEnd(19) + columns.map((column) => column.padEnd(16)).join(''))
  }
}

function isLoud({ found }: Result, rule: RuleId): boolean {
  return found.some((finding) => finding.rule === rule && finding.severity !== 'minor')
}

function precision(results: Result[], rule: RuleId, severities: readonly Severity[]): string {
  const verdicts = results.flatMap((result) =>
    result.found
      .filter((finding) => finding.rule === rule && severities.includes(finding.severity))
      .map(() => verdictOf(result, rule))
      .filter((verdict) => verdict !== 'neither'),
  )
  return percent(verdicts.filter((verdict) => verdict === 'true').length, verdicts.length)
}

/** The size from which on nine of ten planted defects are found. */
function smallestFound(mine: Result[], rule: RuleId): string {
  const size = ({ planted: { defect, severity } }: Result) =>
    FALLING.includes(defect) ? -severity : severity
  const fromLarge = mine.toSorted((a, b) => size(b) - size(a))
  let best: number | undefined
  for (const [i, { planted }] of fromLarge.entries()) {
    const so = fromLarge.slice(0, i + 1)
    if (so.filter((result) => isFound(result, rule)).length < 0.9 * so.length) break
    best = planted.severity
  }
  return best === undefined ? (mine.length === 0 ? 'not planted' : '–') : String(best)
}

/** Recall of all defects together, false findings per clean master, controls. */
export function printSums(results: Result[]): void {
  for (const size of ['larger', 'smaller'] as const) {
    const set = results.filter(({ planted }) => planted.size === size)
    const hit = set.filter((result) => {
      const rule = RULE_OF[result.planted.defect]
      return rule !== undefined && isFound(result, rule)
    })
    console.log(`recall at the ${size} size: ${percent(hit.length, set.length)} of ${set.length}`)
  }
  const harmless = results.filter(({ planted }) => planted.size === 'none')
  for (const defect of [...new Set(harmless.map(({ planted }) => planted.defect))]) {
    const set = harmless.filter(({ planted }) => planted.defect === defect)
    const loud = set.flatMap((result) =>
      result.found.filter(
        ({ rule, severity, leads }) => leads && severity !== 'minor' && verdictOf(result, rule) === 'false',
      ),
    )
    console.log(
      `${defect}: ${(loud.length / set.length).toFixed(2)} false findings of severity moderate or higher per master of ${set.length} (${loud.map(({ rule }) => rule).join(', ') || 'none'})`,
    )
  }
  printControls(results)
}

function printControls(results: Result[]): void {
  const before = new Map(
    results
      .filter(({ planted }) => planted.defect === 'clean')
      .map((result) => [result.planted.base, result]),
  )
  const controls = results.filter(({ planted }) => planted.defect.startsWith('control'))
  const added = controls.flatMap(({ planted, found }) => {
    const already = before.get(planted.base)
    const fresh = found.filter(({ rule }) => already && !isFound(already, rule)).map(({ rule }) => rule)
    return fresh.length === 0 ? [] : [`${planted.base} ${planted.defect}: ${fresh.join(' ')}`]
  })
  console.log(
    `controls with a finding that the clean master has not: ${added.length} of ${controls.length} ${added.join('; ')}`,
  )
}

const BINS = [0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.75, 0.85, 0.95, 1.01]

/** Of findings that claim a confidence, how many are true. */
export function printReliability(results: Result[]): void {
  console.log('\nconfidence   claimed   true   of')
  const all = results.flatMap((result) =>
    result.found.map(({ rule, confidence }) => ({ confidence, verdict: verdictOf(result, rule) })),
  )
  for (const [i, from] of BINS.slice(0, -1).entries()) {
    const to = BINS[i + 1] ?? 1
    const bin = all.filter(
      ({ verdict, confidence }) => verdict !== 'neither' && confidence >= from && confidence < to,
    )
    if (bin.length === 0) continue
    const claimed = bin.reduce((sum, { confidence }) => sum + confidence, 0)
    const right = bin.filter(({ verdict }) => verdict === 'true').length
    console.log(
      `${from.toFixed(2)}–${Math.min(1, to).toFixed(2)}    ${percent(claimed, bin.length).padEnd(9)} ${percent(right, bin.length).padEnd(6)} ${bin.length}`,
    )
  }
}
