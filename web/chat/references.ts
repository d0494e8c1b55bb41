import type { UnmatchedReason, Verdict } from '../../src/grounding/contract.ts'
import { measureLabel } from '../report/measures.ts'

/** Where a piece of an answer points. */
export type Reference =
  | { kind: 'path'; path: string }
  | { kind: 'id'; id: string }
  | { kind: 'time'; seconds: number }
  | { kind: 'bar'; bar: number }
  | { kind: 'unmatched'; reason: string }

interface Piece {
  start: number
  end: number
  markdown: string
}

const ROOTS =
  'source|loudness|peaks|dynamics|spectrum|stereo|rhythm|tonality|structure|faults|delivery|codecs|provenance|changes|comparison|populations|findings|strengths|scores|set|preflight|fusion'
const PATH = new RegExp(
  `\\[((?:${ROOTS})(?:\\.[\\w-]+(?: end)?|\\[\\d+\\])*(?:[,;] ?(?:${ROOTS})[\\w.\\-[\\]]*)*)\\](?!\\()`,
  'g',
)
/** A finding's title with its reference behind it: the title itself becomes the link, rather than saying it twice. */
const TITLE = /\*\*([^*\n]+)\*\* \[(findings\.[\w-]+)\](?!\()/g
const ID = /\b[TD]\d{1,4}\b/g
const TIME = /(?<![\d:])(\d{1,3}):([0-5]\d)(?![\d:])/g
const BAR = /\b(?:bars?|Takte?n?|compás|mesures?)\s+(\d{1,4})(?:\s?[–-]\s?\d{1,4})?/gi
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g
const UNFINISHED = /\[[A-Za-z.[\]\d-]*$/
const KINDS = ['path', 'id', 'time', 'bar', 'unmatched'] as const

const link = (text: string, kind: (typeof KINDS)[number], value: string | number) =>
  `[${text.replace(/[[\]]/g, '')}](#${kind}:${encodeURIComponent(value)})`

function pathLinks(paths: string): string {
  return paths
    .split(/[,;] ?/)
    .map((path) => link(measureLabel(path), 'path', path))
    .join(' ')
}

function piecesOf(text: string, verdict: Verdict | null): Piece[] {
  const all = (pattern: RegExp, markdown: (match: RegExpExecArray) => string): Piece[] =>
    [...text.matchAll(pattern)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      markdown: markdown(match),
    }))
  const marks = verdict?.unmatched ?? []
  const titles = all(TITLE, (match) => `**${link(match[1] ?? '', 'path', match[2] ?? '')}**`)
  return [
    ...all(CODE, (match) => match[0]),
    ...marks.map(({ start, end, reason }) => ({
      start,
      end,
      markdown: link(text.slice(start, end), 'unmatched', reason),
    })),
    ...titles.filter((title) => !marks.some(({ start, end }) => start < title.end && end > title.start)),
    ...all(PATH, (match) => pathLinks(match[1] ?? '')),
    ...all(ID, (match) => link(match[0], 'id', match[0])),
    ...all(TIME, (match) => link(match[0], 'time', Number(match[1]) * 60 + Number(match[2]))),
    ...all(BAR, (match) => link(match[0], 'bar', match[1] ?? '')),
  ]
}

/**
 * Turns references, ids, times and bars into Markdown links that only the page itself understands, and marks what the
 * analysis does not bear out. A reference that has not fully arrived yet is held back, so that its brackets never flash.
 */
export function linkReferences(text: string, isStreaming: boolean, verdict: Verdict | null): string {
  const shown = isStreaming ? text.replace(UNFINISHED, '') : text
  let linked = ''
  let at = 0
  // Of pieces that overlap the first of the list wins: code, then marks, then references.
  const pieces = piecesOf(shown, verdict).map((piece, rank) => ({ ...piece, rank }))
  const taken = pieces.filter(
    (piece) =>
      !pieces.some((other) => other.rank < piece.rank && other.start < piece.end && other.end > piece.start),
  )
  for (const { start, end, markdown } of taken.sort((a, b) => a.start - b.start)) {
    if (start < at || end > shown.length) continue
    linked += shown.slice(at, start) + markdown
    at = end
  }
  return linked + shown.slice(at)
}

/** What a model writes may look like a link of ours and be none. */
function decoded(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}

/** Reads such a link back; undefined for every other address. */
export function readReference(href: string): Reference | undefined {
  const [, kind, encoded = ''] = /^#(path|id|time|bar|unmatched):(.*)$/.exec(href) ?? []
  const value = decoded(encoded)
  if (value === undefined) return undefined
  if (kind === 'path') return { kind, path: value }
  if (kind === 'id') return { kind, id: value }
  if (kind === 'time') return { kind, seconds: Number(value) }
  if (kind === 'bar') return { kind, bar: Number(value) }
  return kind === 'unmatched' ? { kind, reason: value } : undefined
}

/** The text as it is read out: without references. */
export function withoutReferences(text: string): string {
  return text.replace(PATH, '').replace(/ +([,.;:])/g, '$1')
}

/** Why a piece is marked, in words; the server names the reason. */
const REASONS: Record<UnmatchedReason, string> = {
  'no-such-value': 'no such number was measured',
  'other-value': 'the analysis holds another number there',
  'other-unit': 'the number has another unit in the analysis',
  'other-measure': 'the number belongs to another measure',
  'no-such-reference': 'the analysis holds nothing of this name',
  'no-such-time': 'nothing in the analysis stands at this time',
  'no-such-bar': 'nothing in the analysis stands in this bar',
  'no-such-track': 'the set has no such track',
  'no-such-device': 'the set has no such device there',
  'other-track': 'the device is on another track',
  'no-such-key': 'no such key was measured',
}
const reasons = new Map<string, string>(Object.entries(REASONS))

export function reasonWords(reason: string): string {
  return reasons.get(reason) ?? 'nothing in the analysis says so'
}
