import { choosePriorities } from './choose-priorities.ts'
import { confidenceOf } from './confidence.ts'
import type { Finding, Findings, NotJudged } from './contract.ts'
import { dropContradictions } from './drop-contradictions.ts'
import { findStrengths } from './find-strengths.ts'
import { isCustom } from './genre-customs.ts'
import { mergeCauses } from './merge-causes.ts'
import { type BarLines, placeInBars } from './place-in-bars.ts'
import { type Judged, type Purpose, type Rule, type Subject, UNSTATED } from './rule.ts'
import { RULES } from './rules.ts'
import { type Standing, scoreTrack } from './score-track.ts'
import { estimateTone } from './tone/estimate-tone.ts'
import { toneSpectrum } from './tone/full-sections.ts'
import { FINDINGS_VERSION } from './vocabulary.ts'
import { weigh } from './weigh.ts'

/**
 * Judges one track: what is good, what to see to first, everything found, what cannot be judged, and scores. The same
 * measures and purpose give the same findings.
 * @param standings percentiles of the track's numbers in a stated population; empty when there is none
 */
export function judgeTrack(
  audio: Judged,
  purpose: Purpose = UNSTATED,
  standings: readonly Standing[] = [],
): Findings {
  const subject: Subject = { audio, purpose, toneFaults: estimateTone(toneSpectrum(audio)) }
  const judged = RULES.filter((rule) => !rule.cannotJudge || rule.cannotJudge(subject) === null)
  const all = dropContradictions(judged.flatMap((rule) => findingOf(rule, subject) ?? []))
  const findings = mergeCauses(all).sort((a, b) => weigh(b) - weigh(a))
  const notJudged = listNotJudged(subject)
  return {
    version: FINDINGS_VERSION,
    judgedAs: purpose.kind ?? 'not stated',
    strengths: findStrengths(subject, all),
    priorities: choosePriorities(findings),
    findings,
    notJudged,
    scores: scoreTrack(findings, standings, subject),
  }
}

function findingOf(rule: Rule, subject: Subject): Finding | null {
  const judgement = rule.judge(subject)
  if (judgement === null) return null
  if (judgement.severity === 'minor' && isCustom(rule.id, subject.purpose.genre)) return null
  const { times = [], band = null, advice = null, confidence, ...rest } = judgement
  return {
    rule: rule.id,
    area: rule.area,
    ...confidenceOf(rule.id, judgement.severity, confidence),
    ...rest,
    advice,
    place: placeInBars({ times, band }, heardBars(subject)),
    causes: [],
    isCauseClear: null,
    also: [],
  }
}

/** Counted from the first downbeat that was heard. */
function heardBars({ audio }: Subject): BarLines {
  return { startsSeconds: audio.rhythm?.downbeatsSeconds ?? [], firstBar: 1 }
}

/** What cannot be told from this file, one entry per reason. */
function listNotJudged(subject: Subject): NotJudged[] {
  const reasons = new Map<string, NotJudged>()
  for (const rule of RULES) {
    const reason = rule.cannotJudge?.(subject) ?? null
    if (reason === null) continue
    const entry = reasons.get(reason) ?? { rules: [], reason }
    entry.rules.push(rule.id)
    reasons.set(reason, entry)
  }
  return [...reasons.values()]
}
