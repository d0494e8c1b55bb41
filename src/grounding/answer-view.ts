import { DEFINITIONS } from './definitions.ts'
import type { Fact } from './facts.ts'
import { readNumbers, type Span } from './read-text.ts'
import type { Told } from './tell-analysis.ts'
import type { ToldText } from './tell-findings.ts'

export interface TextFact {
  path: string
  kind: ToldText['kind']
  fact: Fact
}

/** Names that stand for a row of a table: a band, a platform, a section's label. */
export interface RowName {
  words: RegExp
  row: string
}

/** What was told, laid out for looking things up. */
export interface Ground {
  told: Told
  facts: readonly Fact[]
  textFacts: readonly TextFact[]
  rowNames: readonly RowName[]
  paths: ReadonlySet<string>
  words: ReadonlySet<string>
}

const LONGEST_TITLE_CHARACTERS = 32

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function rowNamesOf(facts: readonly Fact[]): RowName[] {
  return facts.flatMap(({ path, value }) => {
    const match = /^(.*\[\d+\])\.(name|label|id)$/.exec(path)
    if (!match?.[1] || typeof value !== 'string' || value.length < 3) return []
    return [{ words: new RegExp(`\\b${escaped(value)}s?\\b`, 'i'), row: match[1] }]
  })
}

/** A finding is named by its title. */
function titlesOf(texts: readonly ToldText[]): RowName[] {
  return texts.flatMap(({ path, text }) =>
    path.startsWith('findings.') && text.length <= LONGEST_TITLE_CHARACTERS
      ? [{ words: new RegExp(`\\b${escaped(text)}\\b`, 'i'), row: path }]
      : [],
  )
}

function textFactsOf(texts: readonly ToldText[]): TextFact[] {
  return texts.flatMap(({ path, text, kind }) =>
    readNumbers(text.replaceAll('−', '-').replaceAll('–', '-')).map(({ value, unit }) => ({
      path,
      kind,
      fact: { path, value, unit },
    })),
  )
}

export function layOut(told: Told): Ground {
  return {
    told,
    facts: told.facts,
    textFacts: textFactsOf([...told.texts, ...DEFINITIONS]),
    rowNames: [...rowNamesOf(told.facts), ...titlesOf(told.texts)],
    paths: new Set([...told.facts.map(({ path }) => path), ...told.texts.map(({ path }) => path)]),
    words: new Set(
      told.facts.flatMap(({ value }) => (typeof value === 'string' ? [value.toLowerCase()] : [])),
    ),
  }
}

/** The smallest of these spans that holds a place. */
export function spanAt(spans: readonly Span[], at: number): Span | undefined {
  return spans.findLast((span) => span.start <= at && at < span.end)
}
