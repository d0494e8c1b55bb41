import { changeWords } from './change-words.ts'
import type { FindingChange, FindingChanges } from './changes-contract.ts'
import type { Evidence, Finding, Findings, RuleId } from './contract.ts'
import { followAdvice } from './follow-advice.ts'
import { judgeTrack } from './judge-track.ts'
import { readNumber } from './read-number.ts'
import { type Judged, type Purpose, UNSTATED } from './rule.ts'
import type { Standing } from './score-track.ts'
import { SEVERITIES } from './severities.ts'
import { toneGainDb } from './tone/estimate-tone.ts'
import { toneSpectrum } from './tone/full-sections.ts'
import { AREAS } from './vocabulary.ts'
import { weigh } from './weigh.ts'

/** A finding or one of those told under it. */
interface Told {
  finding: Omit<Finding, 'also'> | Finding['also'][number]
  area: Finding['area']
  under: RuleId | null
  advice: Finding['advice']
}

const ORDER = ['still there', 'new', 'fixed', 'cannot be told'] as const satisfies FindingChange['state'][]
/** Numbers are judged by their size there, whichever side they lean to. */
const BY_SIZE = ['stereo.balanceDb', 'tonality.tuningCents']
/** What a number may move by without anything having been done. In its own unit. */
const STILL: Record<string, number> = { '': 0.02, '%': 0.2, s: 0.1, cents: 2, 'of full scale': 0.0005 }
const STILL_DB = 0.3
/** Estimates of tone move by this much when other things change. */
const STILL_TONE_DB = 1
const COUNTED = ['events', 'clicks', 'holes', 'channels', 'bits']

/**
 * What became of the findings of an earlier version, and whether what was advised was done. Both versions are judged here,
 * by the same rules and as the same thing, so that nothing is fixed or new because the rules changed.
 * @param standingsOf percentiles that count in the scores; none where there is no population
 */
export function compareFindings(
  newer: Judged,
  earlier: Judged,
  purpose: Purpose = UNSTATED,
  standingsOf: (audio: Judged) => Standing[] = () => [],
): FindingChanges {
  const now = judgeTrack(newer, purpose, standingsOf(newer))
  const before = judgeTrack(earlier, purpose, standingsOf(earlier))
  const nowTold = toldIn(now)
  const beforeTold = toldIn(before)
  const rules = [...nowTold.keys(), ...[...beforeTold.keys()].filter((rule) => !nowTold.has(rule))]
  const findings = rules.flatMap((rule) => {
    const here = nowTold.get(rule)
    const there = beforeTold.get(rule)
    const told = here ?? there
    if (!told) return []
    const state = stateOf({ rule, here, there, now, before })
    const number = numberOf(rule, here, there, newer, earlier)
    const advice = there?.advice ? followAdvice(there.advice, newer, earlier) : null
    const severity = { earlier: there?.finding.severity ?? null, now: here?.finding.severity ?? null }
    const change = {
      rule,
      area: told.area,
      title: told.finding.title,
      state,
      trend: state === 'still there' ? trendOf(severity, number) : null,
      isMarginal: (state === 'fixed' || state === 'new') && moved(number) === 'same',
      severity,
      confidence: told.finding.confidence,
      under: told.under,
      number,
      advice,
    }
    return [{ ...change, words: changeWords(change) }]
  })
  findings.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || weight(b) - weight(a))
  return { version: now.version, judgedAs: now.judgedAs, findings, scores: scoresOf(now, before) }
}

function toldIn({ findings }: Findings): Map<RuleId, Told> {
  return new Map(
    findings.flatMap((finding): [RuleId, Told][] => {
      const { area } = finding
      return [
        [finding.rule, { finding, area, under: null, advice: finding.advice }],
        ...finding.also.map((also): [RuleId, Told] => [
          also.rule,
          { finding: also, area, under: finding.rule, advice: null },
        ]),
      ]
    }),
  )
}

interface InBoth {
  rule: RuleId
  here: Told | undefined
  there: Told | undefined
  now: Findings
  before: Findings
}

function stateOf({ rule, here, there, now, before }: InBoth): FindingChange['state'] {
  const unjudged = ({ notJudged }: Findings) => notJudged.some(({ rules }) => rules.includes(rule))
  if (here && there) return 'still there'
  if (here) return unjudged(before) ? 'cannot be told' : 'new'
  return unjudged(now) ? 'cannot be told' : 'fixed'
}

/** The deciding number, from the evidence where the rule fired, else read from the measures. */
function numberOf(
  rule: RuleId,
  here: Told | undefined,
  there: Told | undefined,
  newer: Judged,
  earlier: Judged,
): FindingChange['number'] {
  const evidence = here?.finding.evidence[0] ?? there?.finding.evidence[0]
  if (!evidence) return null
  const { path, what, unit, target } = evidence
  const band = there?.advice?.band ?? here?.advice?.band ?? null
  const valueIn = (told: Told | undefined, audio: Judged) =>
    told?.finding.evidence.find((one) => one.path === path)?.value ?? read(rule, path, audio, band)
  return { path, what, unit, target, earlier: valueIn(there, earlier), now: valueIn(here, newer) }
}

function read(
  rule: RuleId,
  path: string,
  audio: Judged,
  band: NonNullable<Finding['advice']>['band'],
): number | null {
  const tone = toneGainDb(rule, toneSpectrum(audio))
  if (tone !== null) return Math.round(10 * tone) / 10
  const value = readNumber(audio, path, band)
  return value !== null && BY_SIZE.includes(path) ? Math.abs(value) : value
}

/** By how much a number lies outside the range that would raise no finding. */
function outside(value: number, target: Evidence['target']): number {
  const { from = null, to = null } = target ?? {}
  return Math.max(0, from === null ? 0 : from - value, to === null ? 0 : value - to)
}

function moved(number: FindingChange['number']): FindingChange['trend'] {
  if (!number || number.earlier === null || number.now === null) return null
  if (Math.abs(number.now - number.earlier) <= stillOf(number)) return 'same'
  const better = outside(number.earlier, number.target) - outside(number.now, number.target)
  return better === 0 ? 'same' : better > 0 ? 'better' : 'worse'
}

function stillOf({ path, unit }: { path: string; unit: string }): number {
  if (path === 'spectrum.thirdOctaves') return STILL_TONE_DB
  return COUNTED.includes(unit) ? 0 : (STILL[unit] ?? STILL_DB)
}

function trendOf(
  { earlier, now }: FindingChange['severity'],
  number: FindingChange['number'],
): FindingChange['trend'] {
  const byNumber = moved(number)
  if (byNumber !== null || earlier === null || now === null) return byNumber
  const steps = SEVERITIES.indexOf(now) - SEVERITIES.indexOf(earlier)
  return steps === 0 ? 'same' : steps > 0 ? 'worse' : 'better'
}

function weight({ severity, confidence }: Pick<FindingChange, 'severity' | 'confidence'>): number {
  return weigh({ severity: severity.now ?? severity.earlier ?? 'minor', confidence })
}

function scoresOf(now: Findings, before: Findings): FindingChanges['scores'] {
  const areaOf = ({ scores }: Findings, area: Finding['area']) =>
    scores.areas.find((one) => one.area === area)?.score ?? null
  return [
    { area: null, earlier: before.scores.overall, now: now.scores.overall },
    ...AREAS.map((area) => ({ area, earlier: areaOf(before, area), now: areaOf(now, area) })),
  ]
}
