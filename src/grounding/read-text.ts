import { readSpelledNumbers } from './spelled-numbers.ts'

/** A number as an answer writes it. */
export interface WrittenNumber {
  start: number
  end: number
  value: number
  decimals: number
  isSigned: boolean
  /** As the facts name it; '' without one. */
  unit: string
}

export interface WrittenReference {
  start: number
  end: number
  path: string
}

export interface Span {
  start: number
  end: number
}

const ROOTS =
  'source|loudness|peaks|dynamics|spectrum|stereo|rhythm|tonality|structure|faults|delivery|codecs|provenance|changes|comparison|populations|findings|strengths|scores|set|preflight|fusion|intent|notMeasured|notJudged'
/** What has the shape of a path is meant as one, whether or not the analysis has such a root. */
const ANY_PATH = '[A-Za-z][\\w-]*(?:\\[\\d+\\])*(?:\\.[A-Za-z][\\w-]*(?:\\[\\d+\\])*)+'
const BRACKET = new RegExp(
  `\\[((?:${ROOTS})(?:[\\w.\\- ,;]|\\[\\d+\\])*|${ANY_PATH}(?:[,;] ?${ANY_PATH})*)\\](?!\\()`,
  'g',
)

/** The same length, with minus signs and spaces of one kind only. */
export function plain(text: string): string {
  return text
    .replace(/[−‒–—]/g, '-')
    .replace(/[\u00a0\u202f\u2009]/g, ' ')
    .replace(/’/g, "'")
}

export function readReferences(text: string): WrittenReference[] {
  return [...text.matchAll(BRACKET)].flatMap((match) =>
    (match[1] ?? '')
      .split(/[,;]\s*/)
      .filter((path) => path !== '')
      .map((path) => ({ start: match.index, end: match.index + match[0].length, path: path.trim() })),
  )
}

/** References, links and code blanked out: what is left is what a person reads as words. */
export function withoutReferences(text: string): string {
  const blank = (part: string) => ' '.repeat(part.length)
  return text
    .replace(BRACKET, blank)
    .replace(/`[^`\n]*`/g, (code) => code.replaceAll('`', ' '))
    .replace(/https?:\/\/\S+/g, blank)
}

/** No more is looked at around a place, so that the work grows with the text and not with its square. */
const LOOK_CHARACTERS = 32
/** Nobody says so much in one breath: what is longer is cut, at white space where there is some. */
const LONGEST_SENTENCE_CHARACTERS = 1000

function cutLong({ start, end }: Span, text: string): Span[] {
  const spans: Span[] = []
  let from = start
  while (end - from > LONGEST_SENTENCE_CHARACTERS) {
    const limit = from + LONGEST_SENTENCE_CHARACTERS
    const space = text.slice(from, limit).search(/\s\S*$/)
    const to = space > 0 ? from + space : limit
    spans.push({ start: from, end: to })
    from = to
  }
  return [...spans, { start: from, end }]
}

/** Sentences as spans: ended by . ! ? before white space, or by a line's end. */
export function readSentences(text: string): Span[] {
  const spans: Span[] = []
  let start = 0
  for (const match of text.matchAll(/(?<![.!?])[.!?]+["')\]]*(?=\s|$)|\n+/g)) {
    const before = text.slice(Math.max(start, match.index - LOOK_CHARACTERS), match.index)
    // "1." at the beginning of a line is no sentence, and neither is "e.g." or "ca.".
    if (match[0] !== '\n' && /(?:^|\n)\s*\d{1,2}$|\b(?:e\.g|i\.e|ca|approx|bzw|z\.B|vs|etc)$/i.test(before))
      continue
    spans.push(...cutLong({ start, end: match.index + match[0].length }, text))
    start = match.index + match[0].length
  }
  if (start < text.length) spans.push(...cutLong({ start, end: text.length }, text))
  return spans
}

const CLAUSE_BORDER =
  /[,;:()](?!\d)|\s-\s|\b(?:because|since|where|which|while|whereas|but|so|then|although|weil|wobei|während|aber|damit|dann)\b/gi

export function readClauses(text: string, sentence: Span): Span[] {
  const inner = text.slice(sentence.start, sentence.end)
  const borders = [...inner.matchAll(CLAUSE_BORDER)].map((match) => sentence.start + match.index)
  const starts = [sentence.start, ...borders]
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? sentence.end }))
}

const UNITS: readonly (readonly [RegExp, string, number])[] = [
  [/^\s?LUFS\b|^\s?LKFS\b/i, 'LUFS', 1],
  [/^\s?dB\s?(?:\/|per |pro )\s?oct(?:ave)?\b|^\s?dB\/Oktave\b/i, 'dB/octave', 1],
  [/^\s?dB\s?TP\b/i, 'dBTP', 1],
  [/^\s?dB\s?FS\b/i, 'dBFS', 1],
  [/^\s?LU\b/, 'LU', 1],
  [/^[ -]?(?:dBs?\b|decibels?\b|Dezibel\b)/i, 'dB', 1],
  [/^\s?kHz\b|^\s?k(?=[\s.,;)]|$)/i, 'Hz', 1000],
  [/^\s?Hz\b/i, 'Hz', 1],
  [/^\s?BPM\b/i, 'BPM', 1],
  [/^\s?(?:ms\b|milliseconds?\b|Millisekunden?\b)/i, 's', 0.001],
  [/^[ -]?(?:s\b|secs?\b|seconds?\b|Sekunden?\b|segundos?\b|secondes?\b)/, 's', 1],
  [/^[ -]?(?:min\b|minutes?\b|Minuten?\b)/i, 's', 60],
  [/^\s?(?:%|percent\b|per cent\b|Prozent\b)/i, '%', 1],
  [/^\s?(?:cents?\b|Cent\b)/i, 'cents', 1],
  [/^\s?(?:semitones?\b|st\b|Halbt[öo]ne?n?\b)/i, 'st', 1],
  [/^[ -]?bits?\b/i, 'bit', 1],
  [/^[ -]?(?:bars?\b|Takte?n?\b|compases\b|mesures\b)/i, 'bars', 1],
  [/^\s?beats?\b(?! per)/i, 'beats', 1],
]

/** Not inside words, notes (F#3), times, and ratios such as 1/16 and 4:1. */
const NUMBER =
  /(?<![\w.,:]|\d\/|[A-Za-z]#)([+-]?)(\d{1,3}(?:,\d{3})+(?![\d.])|\d+(?:[.,]\d+)?)(?![\d:]|\/\d)/g
/** Counted in words as well ("four bars") are only units that are no measures. */
const MEASURE_UNITS = new Set(['LUFS', 'LU', 'dB', 'dBTP', 'dBFS', 'Hz', 'BPM', '%', 'cents'])
/** What stands between the two ends of a range. */
const RANGE = /^\s*(?:-|to|and|or|bis|und|oder|a|à|y|et|up to|through)\s*$/i
/** Gear and file names that look like numbers. */
const NO_NUMBERS = new Set(['303', '606', '707', '808', '909', '1176', '1073', '670', '2500'])

function parse(sign: string, digits: string): { value: number; decimals: number } {
  const isThousands = /^\d{1,3}(,\d{3})+$/.test(digits)
  const normal = isThousands ? digits.replaceAll(',', '') : digits.replace(',', '.')
  return {
    value: Number(normal) * (sign === '-' ? -1 : 1),
    decimals: normal.includes('.') ? normal.length - normal.indexOf('.') - 1 : 0,
  }
}

interface Raw extends WrittenNumber {
  factor: number
}

function readOne(text: string, match: RegExpExecArray): Raw | undefined {
  const sign = match[1] ?? ''
  const digits = match[2] ?? ''
  const start = match.index
  const end = start + match[0].length
  const before = text.slice(Math.max(0, start - LOOK_CHARACTERS), start)
  const after = text.slice(end, end + LOOK_CHARACTERS)
  if (/(?:^|\n)[ \t>*-]*$/.test(before) && /^[.)]\s/.test(after)) return undefined
  // "the '90s"
  if (/'$/.test(before) && /^s\b/.test(after)) return undefined
  if (
    /^(?:st|nd|rd|th)\b/.test(after) ||
    /^[A-Za-z]{2,}/.test(after.replace(/^(?:dB\w*|Hz|kHz|LUFS?|BPM|bits?|ms|st|k|sec|min)\b/i, ''))
  )
    return undefined
  const hit = UNITS.find(([pattern]) => pattern.test(after))
  if (!hit && NO_NUMBERS.has(digits)) return undefined
  // "2-3 dB": the sign is the dash of a range.
  const isDash = sign === '-' && /\d\s?$/.test(before)
  const isMinus = sign === '' && /\b(?:minus|moins|menos)\s$/i.test(before)
  const { value, decimals } = parse(isDash ? '' : isMinus ? '-' : sign, digits)
  const [, unit = '', factor = 1] = hit ?? []
  return {
    start: isDash ? start + 1 : start,
    end,
    value: value * factor,
    decimals,
    isSigned: isMinus || (sign !== '' && !isDash),
    unit,
    factor,
  }
}

/** Numbers in words where a unit of measures follows: "minus four LUFS". */
function readSpelledOut(text: string): Raw[] {
  return readSpelledNumbers(text).flatMap((spelled) => {
    const after = text.slice(spelled.end, spelled.end + LOOK_CHARACTERS)
    const hit = UNITS.find(([pattern]) => pattern.test(after))
    if (!hit || !MEASURE_UNITS.has(hit[1])) return []
    const [, unit, factor] = hit
    return [{ ...spelled, value: spelled.value * factor, unit, factor }]
  })
}

/** Numbers with their units; the first end of a range has the unit of the second. */
export function readNumbers(text: string): WrittenNumber[] {
  const digits = [...text.matchAll(new RegExp(NUMBER, 'g'))].flatMap((match) => readOne(text, match) ?? [])
  const raw = [...digits, ...readSpelledOut(text)].sort((a, b) => a.start - b.start)
  for (let index = raw.length - 2; index >= 0; index -= 1) {
    const [one, next] = [raw[index], raw[index + 1]]
    if (!one || !next || one.unit !== '' || next.unit === '') continue
    const between = text.slice(one.end, next.start)
    if (!RANGE.test(between) && between.trim() !== '' && between.trim() !== '/') continue
    one.unit = next.unit
    one.value *= next.factor
    one.factor = next.factor
  }
  return raw.map(({ factor, ...number }) => ({ ...number, decimals: number.decimals - Math.log10(factor) }))
}
