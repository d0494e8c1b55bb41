import type { Evidence, Finding, Findings } from '../findings/contract.ts'
import type { Fact } from './facts.ts'
import { roundFor } from './units.ts'

/** Words of the analysis that an answer may repeat, with the numbers in them. */
export interface ToldText {
  path: string
  text: string
  /** What was found, or what to do about it: amounts of advice are no measurements. */
  kind: 'words' | 'advice'
}

export interface ToldFindings {
  json: Record<string, unknown>
  facts: Fact[]
  texts: ToldText[]
}

const seconds = (value: number) => Math.round(value * 10) / 10

function evidenceOf({ path, what, value, unit, target, provenance, source }: Evidence) {
  return {
    path,
    what,
    value: value === null ? null : roundFor(unit, value),
    unit,
    ...(target && { target: [target.from, target.to] }),
    provenance,
    source,
  }
}

/** Causes hold no text of the set: T and D are told by number, parameters and reasons are words of the analysis. */
function causesOf(finding: Finding) {
  return finding.causes.slice(0, 3).map(({ trackIndex, kind, role, likelihood, reasons, change }) => ({
    track: `T${trackIndex + 1}`,
    kind,
    ...(role !== null && { role }),
    likelihood: Math.round(likelihood * 100) / 100,
    reasons,
    ...(change !== null && {
      change: {
        device: change.deviceNumber === null ? null : `D${change.deviceNumber}`,
        deviceKind: change.device,
        ...(change.isNew && { toBeAdded: true }),
        parameter: change.parameter,
        present: change.present,
        proposed: change.proposed,
        unit: change.unit,
      },
    }),
  }))
}

function placeOf({ place }: Finding, maxPlaces: number) {
  const times = place.times
    .slice(0, maxPlaces)
    .map((range) => [seconds(range.startSeconds), seconds(range.endSeconds)])
  const bars = place.bars?.slice(0, maxPlaces).map(({ from, to }) => [from, to])
  return {
    ...(times.length > 0 && { seconds: times }),
    ...(bars && { bars }),
    ...(place.times.length > maxPlaces && { places: place.times.length }),
    ...(place.band && { bandHz: [Math.round(place.band.fromHz), Math.round(place.band.toHz)] }),
  }
}

/** Places and values of a finding as facts under its own path, so that an answer can point at it. */
function factsOf(finding: Finding, id: string, maxPlaces: number): Fact[] {
  const path = `findings.${id}`
  const { place } = finding
  const facts: Fact[] = [{ path, value: roundFor('share', finding.confidence), unit: 'share' }]
  for (const { startSeconds, endSeconds } of place.times.slice(0, maxPlaces))
    for (const value of [startSeconds, endSeconds]) facts.push({ path, value: seconds(value), unit: 's' })
  for (const { from, to } of place.bars?.slice(0, maxPlaces) ?? [])
    for (const value of [from, to]) facts.push({ path, value, unit: 'bar' })
  if (place.band)
    for (const value of [place.band.fromHz, place.band.toHz])
      facts.push({ path, value: Math.round(value), unit: 'Hz' })
  for (const evidence of [...finding.evidence, ...finding.also.flatMap((also) => also.evidence)]) {
    if (evidence.value !== null)
      facts.push({ path, value: roundFor(evidence.unit, evidence.value), unit: evidence.unit })
    for (const limit of [evidence.target?.from, evidence.target?.to])
      if (limit !== null && limit !== undefined) facts.push({ path, value: limit, unit: evidence.unit })
  }
  for (const { change } of finding.causes)
    for (const value of [change?.present, change?.proposed])
      if (typeof value === 'number')
        facts.push({ path, value: roundFor(change?.unit ?? '', value), unit: change?.unit ?? '' })
  return facts
}

/** The rule's id names a finding; a second finding of one rule gets a number. */
export function findingIds(findings: Findings): string[] {
  const seen = new Map<string, number>()
  return findings.findings.map(({ rule }) => {
    const count = (seen.get(rule) ?? 0) + 1
    seen.set(rule, count)
    return count === 1 ? rule : `${rule}-${count}`
  })
}

/** What was judged, each finding under its id, with places, evidence, causes by T and D, remedy and check. */
export function tellFindings(
  findings: Findings,
  options: {
    maxPlaces: number
    maxFindings: number
    intended: ReadonlySet<string>
  },
): ToldFindings {
  const names = findingIds(findings)
  const { maxPlaces } = options
  const told = findings.findings.map((finding, index) => {
    const id = names[index] ?? finding.rule
    const isShort = index >= options.maxFindings
    return {
      id,
      severity: finding.severity,
      confidence: Math.round(finding.confidence * 100) / 100,
      title: finding.title,
      ...(options.intended.has(finding.rule) && { markedByUser: 'this is intended' }),
      ...(isShort ? {} : { words: finding.words }),
      ...placeOf(finding, maxPlaces),
      ...(isShort ? {} : { evidence: finding.evidence.map(evidenceOf) }),
      ...(finding.causes.length > 0 && {
        causes: causesOf(finding),
        isCauseClear: finding.isCauseClear ?? null,
      }),
      ...(isShort ? {} : { remedy: finding.remedy, check: finding.check }),
      ...(finding.also.length > 0 && {
        alsoFound: finding.also.map(({ rule, title }) => `${rule}: ${title}`),
      }),
    }
  })
  const { scores } = findings
  const strengthFacts = findings.strengths.flatMap((strength) =>
    strength.evidence.flatMap(({ value, unit }) =>
      value === null ? [] : [{ path: `strengths.${strength.id}`, value: roundFor(unit, value), unit }],
    ),
  )
  return {
    json: {
      strengths: findings.strengths.map(({ id, words }) => ({ id, words })),
      priorities: findings.priorities,
      findings: told,
      notJudged: findings.notJudged.map(({ rules, reason }) => `${rules.join(', ')}: ${reason}`),
      scores: {
        overall: scores.overall === null ? null : Math.round(scores.overall),
        ...Object.fromEntries(
          scores.areas.map(({ area, score }) => [area, score === null ? null : Math.round(score)]),
        ),
      },
    },
    facts: [
      ...strengthFacts,
      ...findings.findings.flatMap((finding, index) =>
        factsOf(finding, names[index] ?? finding.rule, maxPlaces),
      ),
      ...scores.areas.flatMap(({ area, score }) =>
        score === null ? [] : [{ path: `scores.${area}`, value: Math.round(score), unit: '' }],
      ),
      ...(scores.overall === null
        ? []
        : [{ path: 'scores.overall', value: Math.round(scores.overall), unit: '' }]),
    ],
    texts: [
      ...findings.strengths.map(({ id, words }) => ({
        path: `strengths.${id}`,
        text: words,
        kind: 'words' as const,
      })),
      ...findings.findings.flatMap((finding, index) => {
        const path = `findings.${names[index] ?? finding.rule}`
        const words = [finding.title, finding.words, ...finding.causes.flatMap(({ reasons }) => reasons)]
        const advice = [finding.remedy, finding.check]
        return [
          ...words.map((text) => ({ path, text, kind: 'words' as const })),
          ...advice.map((text) => ({ path, text, kind: 'advice' as const })),
        ]
      }),
      ...findings.notJudged.map(({ reason }) => ({
        path: 'notJudged',
        text: reason,
        kind: 'words' as const,
      })),
    ],
  }
}
