import type { Report } from '../report/contract.ts'

/** Real name → the id that stands for it. */
export type NameMap = Map<string, string>

const SHORTEST_HIDDEN_CHARACTERS = 3
const emailPattern = /[^\s@<>"']{1,64}@[^\s@<>"']{1,190}\.[^\s@<>"'.]{2,24}/g

/** Every name of this analysis that must not travel. */
export function namesOf(
  report: Report,
  files: { audioName: string | null; setName: string | null },
): NameMap {
  const names: NameMap = new Map()
  const add = (name: string | null, id: string) => {
    if (name && name.trim().length >= SHORTEST_HIDDEN_CHARACTERS && !names.has(name)) names.set(name, id)
  }
  report.set?.tracks.forEach((track, index) => {
    add(track.name, `T${index + 1}`)
    for (const clip of track.clipList) add(clip.name, `a clip of T${index + 1}`)
  })
  for (const file of [files.audioName, files.setName]) {
    add(file, 'this track')
    add(file?.replace(/\.[^.]+$/, '') ?? null, 'this track')
  }
  return names
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The text with every known name replaced by its id, and addresses by a word. */
export function hideNames(text: string, names: NameMap): string {
  const longestFirst = [...names].sort(([a], [b]) => b.length - a.length)
  let hidden = text.replaceAll(emailPattern, '(address)')
  for (const [name, id] of longestFirst)
    hidden = hidden.replaceAll(
      new RegExp(`(?<![\\p{L}\\p{N}])${escapePattern(name)}(?![\\p{L}\\p{N}])`, 'giu'),
      id,
    )
  return hidden
}
