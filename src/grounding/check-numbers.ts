import type { Ground } from './answer-view.ts'
import { spanAt } from './answer-view.ts'
import type { UnmatchedReason } from './contract.ts'
import type { Fact } from './facts.ts'
import { isAdvice } from './is-advice.ts'
import { judgeCount } from './judge-count.ts'
import { CONTEXTS, FOLKLORE } from './lexicon.ts'
import { aliasesIn, contradicts, fits, isAxis, keyOf, rowOf, under, valueFits } from './match-facts.ts'
import type { Judged, Judgement, Place } from './place.ts'
import {
  readClauses,
  readNumbers,
  type Span,
  type WrittenNumber,
  type WrittenReference,
} from './read-text.ts'
import { repeatsPerson } from './repeats-person.ts'

/** A number that the analysis bore out under a reference. */
interface Stated {
  value: number
  unit: string
  path: string
}

function referencesInLine(
  text: string,
  { start, end }: Span,
  references: readonly WrittenReference[],
): WrittenReference[] {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = text.indexOf('\n', end)
  return references.filter((reference) => reference.start >= from && (to < 0 || reference.end <= to))
}

/** A sentence of the finding that the line names, repeated with its numbers. */
function repeatsFinding(number: WrittenNumber, place: Place, ground: Ground): Judgement | undefined {
  const paths = new Set(
    place.lineReferences.map(({ path }) => path).filter((path) => /^(findings|strengths)\./.test(path)),
  )
  const same = ground.textFacts.filter(
    ({ path, fact }) => paths.has(path) && fact.unit === number.unit && valueFits(number, fact),
  )
  if (same.length === 0) return undefined
  return same.some(({ kind }) => kind === 'words') ? 'grounded' : 'advice'
}

/** The reference that a number leans on: the next one in its sentence, if no closer number has it. */
function referenceOf(number: WrittenNumber, place: Place): WrittenReference[] {
  const next = place.references.find(({ start }) => start >= number.end)
  return next ? place.references.filter(({ start }) => start === next.start) : []
}

function belongsToRow(fact: Fact, place: Place, ground: Ground): boolean {
  const row = rowOf(fact.path)
  if (row === undefined) return true
  const track = /^set\.([TD]\d+)$/.exec(row)?.[1]
  if (track !== undefined) return new RegExp(`\\b${track}\\b`).test(place.sentenceText)
  return ground.rowNames.some((name) => name.row === row && name.words.test(place.sentenceText))
}

/** Numbers of a reference, of an earlier version or of other tracks are only meant where the words speak of them. */
export function isOutOfContext(path: string, sentence: string): boolean {
  return CONTEXTS.some(([paths, words]) => paths.test(path) && !words.test(sentence))
}

/** Units of which a track has so few numbers that the unit alone names them. */
const SELF_NAMING = new Set(['LUFS', 'BPM', 'dBTP', 'dBFS', 'LU'])

/**
 * Without a reference a number must be named by the words beside it: by its measure, by the row of a table, by a track.
 * A unit alone names it only where nothing else has that unit.
 */
function matchesWithoutReference(number: WrittenNumber, place: Place, ground: Ground): boolean {
  if (FOLKLORE.test(place.sentenceText)) return false
  const inClause = aliasesIn(place.clauseText)
  const all = inClause.length > 0 ? inClause : aliasesIn(place.sentenceText)
  const specific = all.filter((alias) => alias.isSpecific)
  const aliases = specific.length > 0 ? specific : all
  return ground.facts.some((fact) => {
    if (!fits(number, fact) || isAxis(fact.path) || !belongsToRow(fact, place, ground)) return false
    if (isOutOfContext(fact.path, place.sentenceText)) return false
    if (aliases.some(({ keys }) => keys.test(keyOf(fact.path)))) return true
    if (specific.length > 0) return false
    return rowOf(fact.path) !== undefined || SELF_NAMING.has(number.unit)
  })
}

/** A number that stood with its reference before may be said again, if it is not called something else now. */
function repeatsItself(number: WrittenNumber, place: Place, stated: readonly Stated[]): boolean {
  const aliases = aliasesIn(place.clauseText)
  return stated.some(
    (before) =>
      before.unit === number.unit && before.value === number.value && !contradicts(aliases, before.path),
  )
}

/** Words of the analysis may be repeated with the numbers in them. */
function matchesWords(number: WrittenNumber, place: Place, ground: Ground): boolean {
  if (FOLKLORE.test(place.sentenceText)) return false
  const aliases = aliasesIn(place.clauseText).filter((alias) => alias.isSpecific)
  return ground.textFacts.some(({ kind, fact }) => {
    if (place.references.some((reference) => reference.path === fact.path) && fits(number, fact)) return true
    if (kind !== 'words' || fact.unit !== number.unit || number.unit === '' || !valueFits(number, fact))
      return false
    return aliases.length === 0 && number.unit !== 'dB'
  })
}

/** Everything that a reference stands for: what lies under it, its neighbours in the row, and the words of a finding. */
function supplyOf(reference: WrittenReference, ground: Ground): { leaves: Fact[]; others: Fact[] } {
  const leaves = under(ground.facts, reference.path)
  const row = rowOf(reference.path)
  const siblings = row === undefined ? [] : under(ground.facts, row)
  const words = ground.textFacts
    .filter(({ path }) => path === reference.path || path.startsWith(`${reference.path}.`))
    .map(({ fact }) => fact)
  return { leaves, others: [...siblings, ...words] }
}

/** Inside the band that a referenced finding or row spans. */
function liesInBand(number: WrittenNumber, facts: readonly Fact[]): boolean {
  if (number.unit !== 'Hz') return false
  const edges = facts.flatMap(({ unit, value }) =>
    unit === 'Hz' && typeof value === 'number' ? [value] : [],
  )
  return edges.length > 1 && number.value >= Math.min(...edges) && number.value <= Math.max(...edges)
}

/** The words that lead to a reference: from the one before it on. */
function wordsBefore(number: WrittenNumber, place: Place, references: readonly WrittenReference[]): string {
  const before = place.references.findLast(({ end }) => end <= number.start)
  const start = Math.max(place.clause.start, before?.end ?? 0)
  return place.text.slice(start, Math.max(number.end, references[0]?.start ?? 0))
}

function matchesReference(
  number: WrittenNumber,
  place: Place,
  ground: Ground,
  references: readonly WrittenReference[],
): boolean {
  const aliases = aliasesIn(wordsBefore(number, place, references))
  return references.some((reference) => {
    const { leaves, others } = supplyOf(reference, ground)
    const isWhole = leaves.length !== 1
    if (leaves.some((fact) => fits(number, fact) && (isWhole || !contradicts(aliases, fact.path))))
      return true
    // A neighbour in the row is meant only when nothing says that the number is the referenced one.
    const isOther = (fact: Fact) =>
      fits(number, fact) &&
      (isAxis(fact.path) ||
        /Seconds$|Bar$|Hz$/.test(fact.path) ||
        !leaves.some(({ unit }) => unit === fact.unit))
    return others.some(isOther) || liesInBand(number, [...leaves, ...others])
  })
}

function whyNot(number: WrittenNumber, ground: Ground, hasReference: boolean): UnmatchedReason {
  const sameNumber = ground.facts.filter(
    (fact) =>
      typeof fact.value === 'number' && Math.abs(fact.value - number.value) <= 0.5 * 10 ** -number.decimals,
  )
  if (sameNumber.some((fact) => fits(number, fact))) return 'other-measure'
  if (sameNumber.length > 0 && number.unit !== '') return 'other-unit'
  return hasReference ? 'other-value' : 'no-such-value'
}

function judge(
  number: WrittenNumber,
  place: Place,
  ground: Ground,
  clauses: readonly Span[],
  said: readonly WrittenNumber[],
  stated: Stated[],
): Judgement {
  const references = referenceOf(number, place).filter(({ path }) => isKnownPath(path, ground))
  if (references.length > 0 && matchesReference(number, place, ground, references)) {
    for (const { path } of references) stated.push({ value: number.value, unit: number.unit, path })
    return 'grounded'
  }
  const isNearest =
    references.length > 0 && !readNumbers(place.text.slice(number.end, references[0]?.start)).length
  const count = references.length > 0 && isNearest ? undefined : judgeCount(number, place, ground)
  if (count === 'no-such-value') return repeatsFinding(number, place, ground) ?? count
  if (count !== undefined) return count
  if (references.length === 0 && isAdvice(number, place, clauses)) return 'advice'
  if (
    !isNearest &&
    (matchesWithoutReference(number, place, ground) ||
      matchesWords(number, place, ground) ||
      repeatsItself(number, place, stated))
  )
    return 'grounded'
  // Who points at a measure states it; only findings may be pointed at for advice about them.
  const pointsAtMeasure =
    isNearest &&
    references.some(({ path }) => !/^(findings|strengths|preflight|structure|changes)\b/.test(path))
  if (!pointsAtMeasure && isAdvice(number, place, clauses)) return 'advice'
  const repeated = isNearest ? undefined : repeatsFinding(number, place, ground)
  if (repeated !== undefined) return repeated
  if (!isNearest && repeatsPerson(number, place, said)) return 'said'
  return whyNot(number, ground, references.length > 0)
}

/** A path that the analysis holds, or a part of it. */
export function isKnownPath(path: string, { paths }: Ground): boolean {
  if (paths.has(path)) return true
  for (const known of paths) if (known.startsWith(`${path}.`) || known.startsWith(`${path}[`)) return true
  return false
}

/** Every number with its unit against the analysis. `text` is without references, of the same length as the answer. */
export function checkNumbers(
  text: string,
  view: { sentences: readonly Span[]; references: readonly WrittenReference[]; taken: readonly Span[] },
  ground: Ground,
  said: readonly WrittenNumber[],
): Judged[] {
  const stated: Stated[] = []
  const isTaken = (number: Span) =>
    view.taken.some((span) => number.start < span.end && number.end > span.start)
  return readNumbers(text).flatMap((number) => {
    const sentence = spanAt(view.sentences, number.start)
    if (!sentence || isTaken(number)) return []
    const clauses = readClauses(text, sentence)
    const clause = spanAt(clauses, number.start) ?? sentence
    const place: Place = {
      text,
      sentence,
      clause,
      sentenceText: text.slice(sentence.start, sentence.end),
      clauseText: text.slice(clause.start, clause.end),
      lineReferences: referencesInLine(text, number, view.references),
      references: view.references.filter(
        ({ start, end }) => start >= sentence.start && end <= sentence.end + 1,
      ),
    }
    // Ratios such as 4:1 are settings; they are read as one number followed by a colon.
    return [
      {
        start: number.start,
        end: number.end,
        judgement: judge(number, place, ground, clauses, said, stated),
      },
    ]
  })
}
