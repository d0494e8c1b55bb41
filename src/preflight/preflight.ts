import { placeOfBeat } from '../als/bars.ts'
import type { LiveSet } from '../als/contract.ts'
import type { Preflight, PreflightPlace, PreflightResult } from './contract.ts'
import type { Found, Rule } from './rule.ts'
import { RULES } from './rules.ts'
import { type SetView, viewSet } from './set-view.ts'

/** So many places of one rule are listed; the rest is counted. */
const LISTED_OF_ONE_RULE = 20
const ORDER: readonly string[] = ['serious', 'warning', 'advice', 'info']

/**
 * What a set says about itself before anything is heard.
 * @returns most serious first; the same set gives the same answer. A set without tracks gives no results.
 */
export function preflight(set: LiveSet): Preflight {
  const view = viewSet(set)
  const results: PreflightResult[] = []
  const rules: Preflight['rules'] = []
  for (const rule of RULES) {
    const found = rule.check(view)
    const outcome = found === null ? 'nothing-to-judge' : found.length === 0 ? 'clear' : 'found'
    rules.push({ id: rule.id, title: rule.title, outcome, found: found?.length ?? 0 })
    for (const each of (found ?? []).slice(0, LISTED_OF_ONE_RULE)) results.push(resultOf(rule, each, view))
  }
  results.sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity))
  return { results, rules }
}

function resultOf(rule: Rule, found: Found, view: SetView): PreflightResult {
  return {
    rule: rule.id,
    severity: found.severity ?? rule.severity,
    title: rule.title,
    reason: rule.reason,
    provenance: rule.provenance,
    source: rule.source,
    sureness: found.sureness ?? 'certain',
    doubt: found.doubt ?? null,
    place: placeOf(found, view),
    present: found.present ?? null,
    proposed: found.proposed ?? null,
  }
}

function placeOf({ track, device, clip, beat: given }: Found, { set, bars }: SetView): PreflightPlace {
  const beat = given ?? (clip?.view === 'arrangement' ? clip.startBeat : null)
  const place = beat === null ? null : placeOfBeat(bars, beat)
  return {
    trackIndex: track?.index ?? null,
    trackId: track?.id ?? null,
    trackName: track?.name ?? null,
    deviceId: device?.id ?? null,
    deviceName: device?.name ?? null,
    clipName: clip?.name ?? null,
    beat,
    bar: place?.bar ?? null,
    beatInBar: place?.beatInBar ?? null,
    locator: beat === null ? null : (set.locators.findLast((each) => each.beat <= beat)?.name ?? null),
  }
}
