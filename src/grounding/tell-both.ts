import type { Report } from '../report/contract.ts'
import type { Fact } from './facts.ts'
import type { ToldText } from './tell-findings.ts'
import { roundFor } from './units.ts'

interface ToldPart {
  json: unknown
  facts: Fact[]
  texts: ToldText[]
}

const idOf = (index: number | null) => (index === null ? null : `T${index + 1}`)

/** Set and mix together: places by bar, tracks by id; names of locators stay here. */
export function tellFusion(fusion: NonNullable<Report['fusion']>, maxRows: number): ToldPart {
  const { match, timing, counterfactuals, gainPaths } = fusion
  const locators = timing?.locators.slice(0, maxRows) ?? []
  const paths = [...gainPaths]
    .sort((a, b) => Math.abs(b.totalDb ?? 0) - Math.abs(a.totalDb ?? 0))
    .slice(0, maxRows)
  const probability = roundFor('share', match.probability)
  return {
    json: {
      match: {
        verdict: match.verdict,
        probability,
        likelyDifference: match.likelyDifference,
        evidence: match.evidence.map(({ speaks, text, trackIndex }) => ({
          speaks,
          text,
          track: idOf(trackIndex),
        })),
      },
      timing: timing && {
        offsetSeconds: timing.offsetSeconds,
        startsAtBar: timing.startsAt.bar,
        tempoBpm: timing.tempoBpm,
        timeSignature: timing.timeSignature,
        firstBar: timing.firstBar,
        bars: timing.barStartsSeconds.length,
        locators: locators.map(({ bar, seconds }) => ({ bar, seconds })),
      },
      counterfactuals: counterfactuals.map(({ about, text, trackIndex, valueDb }) => ({
        about,
        text,
        track: idOf(trackIndex),
        valueDb,
      })),
      gainPaths: {
        columns: ['track', 'totalDb'],
        rows: paths.map(({ trackIndex, totalDb }) => [
          idOf(trackIndex),
          totalDb === null ? null : roundFor('dB', totalDb),
        ]),
      },
    },
    facts: [
      { path: 'fusion.match.probability', value: probability, unit: 'share' },
      ...(timing
        ? [
            { path: 'fusion.timing.tempoBpm', value: roundFor('BPM', timing.tempoBpm), unit: 'BPM' },
            { path: 'fusion.timing.offsetSeconds', value: roundFor('s', timing.offsetSeconds), unit: 's' },
            { path: 'fusion.timing.startsAtBar', value: timing.startsAt.bar, unit: 'bar' },
            { path: 'fusion.timing.firstBar', value: timing.firstBar, unit: 'bar' },
            { path: 'fusion.timing.bars', value: timing.barStartsSeconds.length, unit: 'bars' },
          ]
        : []),
      ...locators.flatMap(({ bar, seconds }) => [
        { path: 'fusion.timing.locators', value: bar, unit: 'bar' },
        { path: 'fusion.timing.locators', value: roundFor('s', seconds), unit: 's' },
      ]),
      ...counterfactuals.map(({ trackIndex, valueDb }) => ({
        path: `fusion.counterfactuals.${idOf(trackIndex)}`,
        value: roundFor('dB', valueDb),
        unit: 'dB',
      })),
      ...paths.flatMap(({ trackIndex, totalDb }) =>
        totalDb === null
          ? []
          : [{ path: `fusion.gainPaths.${idOf(trackIndex)}`, value: roundFor('dB', totalDb), unit: 'dB' }],
      ),
    ],
    texts: [
      ...match.evidence.map(({ text }) => ({ path: 'fusion.match', text, kind: 'words' as const })),
      ...counterfactuals.map(({ text }) => ({
        path: 'fusion.counterfactuals',
        text,
        kind: 'words' as const,
      })),
    ],
  }
}

/** Values are numbers and words of the rules: none is text from the file. */
const valueWords = ({ value, unit }: { value: number | string | boolean; unit: string }) =>
  unit === '' ? value : `${value} ${unit}`

/** What preflight found, by rule: how often, where first, and what it proposes; names stay here. */
export function tellPreflight(preflight: NonNullable<Report['preflight']>, maxPlaces: number): ToldPart {
  const byRule = [...Map.groupBy(preflight.results, ({ rule }) => rule)]
  const facts: Fact[] = []
  const told = byRule.map(([rule, results]) => {
    const [first] = results
    const found = preflight.rules.find(({ id }) => id === rule)?.found ?? results.length
    facts.push({ path: `preflight.${rule}`, value: found, unit: '' })
    return {
      rule,
      severity: first?.severity,
      title: first?.title,
      found,
      places: results.slice(0, maxPlaces).map(({ place, present, proposed }) => {
        if (place.bar !== null) facts.push({ path: `preflight.${rule}`, value: place.bar, unit: 'bar' })
        for (const each of [present, proposed])
          if (each !== null && typeof each.value === 'number')
            facts.push({ path: `preflight.${rule}`, value: each.value, unit: each.unit })
        return {
          ...(place.trackIndex !== null && { track: idOf(place.trackIndex) }),
          ...(place.bar !== null && { bar: place.bar }),
          ...(present !== null && { present: valueWords(present) }),
          ...(proposed !== null && { proposed: valueWords(proposed) }),
        }
      }),
    }
  })
  return {
    json: told,
    facts,
    texts: preflight.results.map(({ rule, reason, title }) => ({
      path: `preflight.${rule}`,
      text: `${title} ${reason}`,
      kind: 'words' as const,
    })),
  }
}
