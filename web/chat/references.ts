import { measureLabel } from '../report/measures.ts'

/** Where an answer points: a path of the report, or a track of the Live set by its number in the set. */
export type Reference = { kind: 'path'; path: string; label: string } | { kind: 'track'; trackNumber: number }

const PATH =
  /\[((?:source|loudness|peaks|dynamics|spectrum|stereo|rhythm|tonality|structure|faults|delivery|comparison|changes|set)(?:\.[A-Za-z]+|\[\d+\])+)\]/g
const TRACK_ID = /\bT(\d{1,3})\b/g
const UNFINISHED = /\[[A-Za-z.[\]\d]*$/
const PATH_LINK = '#path:'
const TRACK_LINK = '#track:'

/**
 * Turns `[loudness.integratedLufs]` and `T7` into Markdown links that only the page itself understands. A reference
 * that has not fully arrived yet is held back, so that its brackets never flash up.
 */
export function linkReferences(text: string, isStreaming: boolean, trackCount: number): string {
  const shown = isStreaming ? text.replace(UNFINISHED, '') : text
  return shown
    .replace(
      PATH,
      (_whole, path: string) => `[${measureLabel(path)}](${PATH_LINK}${encodeURIComponent(path)})`,
    )
    .replace(TRACK_ID, (whole, digits: string) => {
      const number = Number(digits)
      return number >= 1 && number <= trackCount ? `[${whole}](${TRACK_LINK}${number})` : whole
    })
}

/** Reads such a link back; undefined for every other address. */
export function readReference(href: string): Reference | undefined {
  if (href.startsWith(TRACK_LINK)) {
    return { kind: 'track', trackNumber: Number(href.slice(TRACK_LINK.length)) }
  }
  if (!href.startsWith(PATH_LINK)) return undefined
  const path = decodeURIComponent(href.slice(PATH_LINK.length))
  return { kind: 'path', path, label: measureLabel(path) }
}

/** The text as it is read out: without references. */
export function withoutReferences(text: string): string {
  return text.replace(PATH, '').replace(/ +([,.;:])/g, '$1')
}
