import type { Report } from '../report/contract.ts'
import { numberSet } from './id-contract.ts'

/** Real name → the id that stands for it. */
export type NameMap = Map<string, string>

const SHORTEST_HIDDEN_CHARACTERS = 3
/**
 * A track that is called like a word of everyday speech names nobody; with an id in its place no sentence could be
 * read any more.
 */
const everydayWords = new Set(
  "the and for not you are was but how why what when where who can does did has have had this that with from than too very more less most new old one two out off all any its it's loud quiet track tracks song mix master der die das und ist wie was warum ein eine mit von nicht les des une est que por para con los las del".split(
    ' ',
  ),
)
const emailPattern = /[^\s@<>"']{1,64}@[^\s@<>"']{1,190}\.\p{L}{2,24}/gu

/** Every name of this analysis that must not travel. */
export function namesOf(
  report: Report,
  files: {
    audioName: string | null
    setName: string | null
    reference?: { name: string | null } | null
    /** Files of the version before this one. */
    earlierNames?: readonly string[]
    /** Every reference that the account keeps, whether or not it is compared with. */
    referenceNames?: readonly string[]
    /** What the person is called. */
    displayName?: string | null
  },
): NameMap {
  const names: NameMap = new Map()
  const add = (name: string | null, id: string) => {
    const folded = foldCase(name?.normalize('NFC').trim() ?? '')
    if (folded.length < SHORTEST_HIDDEN_CHARACTERS || everydayWords.has(folded) || names.has(folded)) return
    names.set(folded, id)
  }
  const addFile = (file: string | null, id: string) => {
    add(file, id)
    add(file?.replace(/\.[^.]+$/, '') ?? null, id)
  }
  for (const { id, track, devices } of report.set ? numberSet(report.set) : []) {
    add(track.name, id)
    for (const clip of track.clipList) {
      add(clip.name, `a clip of ${id}`)
      addFile(clip.audio?.sample?.name ?? null, `a sample of ${id}`)
    }
    for (const lane of track.takeLaneNames) add(lane, `a take of ${id}`)
    // What a device is called by its maker is nobody's name; what its user called it may be.
    for (const numbered of devices) {
      add(numbered.device.userName, numbered.id)
      addFile(numbered.device.preset, `the preset of ${numbered.id}`)
      for (const chain of [...numbered.device.chains, ...numbered.device.returnChains])
        add(chain.name, `a chain of ${numbered.id}`)
    }
  }
  for (const scene of report.set?.scenes ?? []) add(scene.name, 'a scene')
  for (const file of report.set?.samples.files ?? []) addFile(file.name, 'a sample')
  for (const locator of report.set?.locators ?? []) add(locator.name, 'a locator')
  add(report.set?.tuning?.name ?? null, 'the tuning')
  addFile(files.audioName, 'this track')
  addFile(files.setName, 'this track')
  addFile(files.reference?.name ?? null, 'the reference')
  for (const name of files.earlierNames ?? []) addFile(name, 'the earlier version')
  for (const name of files.referenceNames ?? []) addFile(name, 'a reference')
  add(files.displayName ?? null, 'the producer')
  return names
}

/** What a keyboard and a file system write differently for the same name. */
const sameMarks = new Map([
  ...[...'‘’ʼ‛´`'].map((mark) => [mark, "'"] as const),
  ...[...'“”„'].map((mark) => [mark, '"'] as const),
  ...[...'‐‑‒–—−'].map((mark) => [mark, '-'] as const),
  ['\u00a0', ' '],
])

/** Lower case and plain marks, letter by letter, so that places in the folded text are places in the text. */
function foldCase(text: string): string {
  let folded = ''
  for (const character of text) {
    const lower = sameMarks.get(character) ?? character.toLowerCase()
    folded += lower.length === character.length ? lower : character
  }
  return folded
}

const wordCharacter = /[\p{L}\p{N}]/u

/** Whether a name may begin or end between these two characters: not in the middle of a word. */
function isBorder(before: string, after: string): boolean {
  return !(wordCharacter.test(before) && wordCharacter.test(after))
}

/** The longest name that stands at this place as whole words. */
function nameAt(
  folded: string,
  at: number,
  names: NameMap,
  lengths: number[],
): { id: string; length: number } | undefined {
  for (const length of lengths) {
    const id = names.get(folded.slice(at, at + length))
    if (id !== undefined && isBorder(folded.charAt(at + length - 1), folded.charAt(at + length)))
      return { id, length }
  }
  return undefined
}

/**
 * The text with every known name replaced by its id, and mail addresses by a word. One pass: its cost grows with the
 * text, not with the number of names, since names come from files of strangers.
 */
export function hideNames(text: string, names: NameMap): string {
  const plain = text.normalize('NFC').replaceAll(emailPattern, '(address)')
  const folded = foldCase(plain)
  const lengths = [...new Set([...names.keys()].map((name) => name.length))].sort((a, b) => b - a)
  let hidden = ''
  let at = 0
  while (at < plain.length) {
    const canBegin = isBorder(folded.charAt(at - 1), folded.charAt(at))
    const found = canBegin ? nameAt(folded, at, names, lengths) : undefined
    hidden += found ? found.id : plain.charAt(at)
    at += found ? found.length : 1
  }
  return hidden
}
