import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AudioMeasures } from '../src/audio/contract.ts'
import type { RuleId, Severity } from '../src/findings/contract.ts'
import { judgeTrack } from '../src/findings/judge-track.ts'
import { RULE_IDS } from '../src/findings/vocabulary.ts'
import { listMasters, wasLossy } from './findings/masters.ts'
import { measuredFile } from './findings/measured-file.ts'
import { ALSO_TRUE, listPlanted, type Planted, plantInto, RULE_OF } from './findings/planted.ts'

/**
 * How often findings are right: 27 defects at one to three sizes (jittered by ±20 %) planted into masters by make_defects.py,
 * and three harmless controls. Usage: npm run bench:findings [-- --plant SEED] [-- --calibrate] [-- --all]
 * --plant SEED   plants into every master of the data folder first (half a minute each); without it, what was planted before
 * --calibrate    counts the tuning masters and writes src/findings/calibration.ts
 * --tuning       prints the tuning masters instead of the held-out ones
 */
const SEVERITIES = ['minor', 'moderate', 'severe'] as const satisfies Severity[]

interface Found {
  rule: RuleId
  severity: Severity
  confidence: number
  leads: boolean
}

interface Result {
  planted: Planted
  measures: AudioMeasures
  found: Found[]
}

async function judge(planted: Planted): Promise<Result> {
  const measures = await measuredFile(planted.path)
  const { findings } = judgeTrack(measures, { kind: 'master', genre: null, destination: null })
  const found = findings.flatMap(({ rule, severity, confidence, also }) => [
    { rule, severity, confidence, leads: true },
    ...also.map((other) => ({
      rule: other.rule,
      severity: other.severity,
      confidence: other.confidence,
      leads: false,
    })),
  ])
  return { planted, measures, found }
}

const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(0)} %`
const ofDefect = (results: Result[], rule: RuleId) =>
  results.filter(({ planted }) => RULE_OF[planted.defect] === rule)
const fires = (result: Result, rule: RuleId) => result.found.some((finding) => finding.rule === rule)

/** Rules that fire on a clean master as it is: planting nothing cannot make them false, planting something else neither. */
function natural(results: Result[]): Map<string, Set<RuleId>> {
  return new Map(
    results
      .filter(({ planted }) => planted.defect === 'clean')
      .map(({ planted, found }) => [planted.base, new Set(found.map(({ rule }) => rule))]),
  )
}

type Verdict = 'true' | 'false' | 'neither'

/** A finding is true when its defect was planted, neither when it comes along with it, else false: on clean masters too. */
function verdict({ planted }: Result, rule: RuleId): Verdict {
  if (RULE_OF[planted.defect] === rule) return 'true'
  if (rule === 'lossy-source' && wasLossy(planted.base)) return 'neither'
  return (ALSO_TRUE[planted.defect] ?? []).includes(rule) ? 'neither' : 'false'
}

function printRules(results: Result[]): void {
  const clean = results.filter(({ planted }) => planted.defect === 'clean')
  console.log(
    `\n${'rule'.padEnd(19)}${['recall larger', 'smaller', 'precision', 'moderate+', 'clean fires', 'smallest always found'].map((head) => head.padEnd(15)).join('')}`,
  )
  for (const rule of RULE_IDS) {
    const mine = ofDefect(results, rule)
    const larger = mine.filter(({ planted }) => planted.size === 'larger')
    const smaller = mine.filter(({ planted }) => planted.size === 'smaller')
    const verdicts = (least: Severity[]) =>
      results.flatMap((result) =>
        result.found
          .filter((finding) => finding.rule === rule && least.includes(finding.severity))
          .map(() => verdict(result, rule)),
      )
    const precision = (least: Severity[]) => {
      const all = verdicts(least).filter((value) => value !== 'neither')
      return percent(all.filter((value) => value === 'true').length, all.length)
    }
    const hit = (set: Result[]) =>
      `${percent(set.filter((result) => fires(result, rule)).length, set.length)}`
    const columns = [
      hit(larger),
      hit(smaller),
      precision([...SEVERITIES]),
      precision(['moderate', 'severe']),
      percent(clean.filter((result) => fires(result, rule)).length, clean.length),
      smallestFound(mine, rule),
    ]
    console.log(rule.padEnd(19) + columns.map((column) => column.padEnd(15)).join(''))
  }
}

/** The smallest size from which on nine of ten planted defects are found. */
function smallestFound(mine: Result[], rule: RuleId): string {
  const fromLarge = mine.toSorted((a, b) => size(b.planted) - size(a.planted))
  let best: number | undefined
  for (const [i, { planted }] of fromLarge.entries()) {
    const so = fromLarge.slice(0, i + 1)
    if (so.filter((result) => fires(result, rule)).length < 0.9 * so.length) break
    best = planted.severity
  }
  return best === undefined ? (mine.length === 0 ? 'not planted' : '–') : String(best)
}

/** Larger is worse. */
function size({ defect, severity }: Planted): number {
  return ['lossy-transcode', 'low-bit-depth', 'dull', 'thin', 'too-quiet', 'oop-bass'].includes(defect)
    ? -severity
    : severity
}

function printSums(results: Result[]): void {
  for (const which of ['larger', 'smaller'] as const) {
    const set = results.filter(({ planted }) => planted.size === which)
    const hit = set.filter((result) => {
      const rule = RULE_OF[result.planted.defect]
      return rule !== undefined && fires(result, rule)
    })
    console.log(`recall at the ${which} size: ${percent(hit.length, set.length)} of ${set.length}`)
  }
  const harmless = results.filter(({ planted }) => planted.size === 'none')
  for (const defect of [...new Set(harmless.map(({ planted }) => planted.defect))]) {
    const set = harmless.filter(({ planted }) => planted.defect === defect)
    const loud = set.flatMap((result) =>
      result.found.filter(
        ({ rule, severity, leads }) => leads && severity !== 'minor' && verdict(result, rule) === 'false',
      ),
    )
    console.log(
      `${defect}: ${(loud.length / set.length).toFixed(2)} false findings of severity moderate or higher per master of ${set.length} (${loud.map(({ rule }) => rule).join(', ') || 'none'})`,
    )
  }
  const before = natural(results)
  const flagged = results.filter(({ planted, found }) => {
    const already = before.get(planted.base)
    return planted.defect.startsWith('control') && found.some(({ rule }) => !already?.has(rule))
  })
  const controls = results.filter(({ planted }) => planted.defect.startsWith('control'))
  console.log(
    `controls with a finding that the clean master has not: ${flagged.length} of ${controls.length} ${flagged
      .map(
        ({ planted, found }) =>
          `${planted.base} ${planted.defect}: ${found
            .map(({ rule }) => rule)
            .filter((rule) => !before.get(planted.base)?.has(rule))
            .join(' ')}`,
      )
      .join('; ')}`,
  )
}

/** Of findings that claim a confidence, how many are true. */
function printReliability(results: Result[]): void {
  console.log('\nconfidence   claimed   true   of')
  const all = results.flatMap((result) =>
    result.found.map(({ rule, confidence }) => ({ confidence, verdict: verdict(result, rule) })),
  )
  for (const [from, to] of [
    [0, 0.2],
    [0.2, 0.4],
    [0.4, 0.6],
    [0.6, 0.75],
    [0.75, 0.85],
    [0.85, 0.95],
    [0.95, 1.01],
  ] as const) {
    const bin = all.filter(
      (one) => one.verdict !== 'neither' && one.confidence >= from && one.confidence < to,
    )
    if (bin.length === 0) continue
    const claimed = bin.reduce((sum, { confidence }) => sum + confidence, 0) / bin.length
    const right = bin.filter((one) => one.verdict === 'true').length
    console.log(
      `${from.toFixed(2)}–${Math.min(1, to).toFixed(2)}    ${(100 * claimed).toFixed(0)} %      ${percent(right, bin.length).padEnd(6)} ${bin.length}`,
    )
  }
}

/** Confidence of each rule and severity: the share that was true among the tuning masters, drawn to that of the whole rule. */
function calibrate(results: Result[]): void {
  const lines = RULE_IDS.flatMap((rule) => {
    if (!Object.values(RULE_OF).includes(rule)) return []
    const verdictsOf = (least: readonly Severity[]) =>
      results
        .flatMap((result) =>
          result.found
            .filter((finding) => finding.rule === rule && least.includes(finding.severity))
            .map(() => verdict(result, rule)),
        )
        .filter((value) => value !== 'neither')
    const rightOf = (verdicts: Verdict[]) => verdicts.filter((value) => value === 'true').length
    const whole = verdictsOf(SEVERITIES)
    const prior = (rightOf(whole) + 1) / (whole.length + 1.2)
    const parts = SEVERITIES.flatMap((severity) => {
      const verdicts = verdictsOf([severity])
      const value = (rightOf(verdicts) + 2 * prior) / (verdicts.length + 2)
      return verdicts.length === 0 ? [] : [`${severity}: ${Math.min(0.98, value).toFixed(2)}`]
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
  writeFileSync(fileURLToPath(new URL('../src/findings/calibration.ts', import.meta.url)), text)
}

const options = process.argv.slice(2)
const seed = options[options.indexOf('--plant') + 1]
if (options.includes('--plant') && seed !== undefined)
  for (const master of listMasters()) plantInto(master, seed)
const results: Result[] = []
for (const planted of listPlanted()) results.push(await judge(planted))
if (results.length === 0) {
  console.log(
    'Nothing is planted yet: npm run bench:findings -- --plant 1 (needs the data folder, python3, numpy, ffmpeg).',
  )
} else if (options.includes('--calibrate')) {
  calibrate(results.filter(({ planted }) => !planted.heldOut))
} else {
  const shown = results.filter(({ planted }) => planted.heldOut !== options.includes('--tuning'))
  console.log(
    `${options.includes('--tuning') ? 'tuning' : 'held-out'} masters: ${[...new Set(shown.map(({ planted }) => planted.base))].join(', ')}`,
  )
  printSums(shown)
  printRules(shown)
  printReliability(shown)
}
