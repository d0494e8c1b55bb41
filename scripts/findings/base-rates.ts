import type { RuleId, Severity } from '../../src/findings/contract.ts'
import { judgeTrack } from '../../src/findings/judge-track.ts'
import { SEVERITIES } from '../../src/findings/severities.ts'
import { RULE_IDS } from '../../src/findings/vocabulary.ts'
import { type Excerpt, LEAST_LUFS } from './excerpts.ts'
import { trackWeights } from './track-weights.ts'

/** Rules that excerpts of finished music say nothing about, by why; they tell about all others. */
const NOT_TOLD = {
  'ends, which were cut': ['silence-at-ends', 'cut-off-ending'],
  'levels and means, which masters of the bench are brought to': [
    'clipping',
    'true-peak-over',
    'too-quiet',
    'dc-offset',
  ],
  'what the music was coded with, which is no fault of it': ['lossy-source', 'low-bit-depth'],
  'facts, which are so wherever they are measured': ['mono', 'channel-missing'],
  'structure and encodes, which 30 s do not have': [
    'weak-contrast',
    'build-over-drop',
    'tempo-drift',
    'codec-overshoot',
  ],
} as const satisfies Record<string, RuleId[]>
const UNTOLD = new Set<RuleId>(Object.values(NOT_TOLD).flat())

/** How often rules fire on music as it is. */
export interface BaseRates {
  tracks: number
  excerpts: number
  fired: Map<RuleId, Record<Severity, number>>
}

/** Judges excerpts as masters; each track counts once, generated ones up to three times. */
export function baseRates(excerpts: Excerpt[]): BaseRates {
  const masters = excerpts.filter(({ measures }) => (measures.loudness.integratedLufs ?? -70) >= LEAST_LUFS)
  const weights = trackWeights(masters.map(({ track }) => track))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const fired = new Map(RULE_IDS.map((rule) => [rule, { minor: 0, moderate: 0, severe: 0 }]))
  for (const [i, { measures }] of masters.entries()) {
    const { findings } = judgeTrack(measures, { kind: 'master', genre: null, destination: null })
    for (const { rule, severity } of findings.flatMap((finding) => [finding, ...finding.also])) {
      const counts = fired.get(rule)
      if (counts) counts[severity] += (weights[i] ?? 0) / all
    }
  }
  return { tracks: new Set(masters.map(({ track }) => track)).size, excerpts: masters.length, fired }
}

/** 0…1; null for rules that excerpts say nothing about. */
export function rateOf({ fired, tracks }: BaseRates, rule: RuleId, severity: Severity): number | null {
  return tracks > 0 && !UNTOLD.has(rule) ? (fired.get(rule)?.[severity] ?? 0) : null
}

/** Share of clean excerpts that each rule fires on, and how many findings of moderate or severe there are on one. */
export function printBaseRates(rates: BaseRates): void {
  console.log(`\nclean music: ${rates.tracks} tracks, ${rates.excerpts} excerpts of 30 s`)
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`
  let loud = 0
  for (const rule of RULE_IDS) {
    const [minor, moderate, severe] = SEVERITIES.map((severity) => rateOf(rates, rule, severity))
    if (minor === null || minor === undefined) continue
    const grave = (moderate ?? 0) + (severe ?? 0)
    loud += grave
    console.log(`${rule.padEnd(19)}${percent(minor + grave).padEnd(9)}${percent(grave)} moderate or severe`)
  }
  console.log(`moderate or severe findings of these rules per excerpt: ${loud.toFixed(2)}`)
}
