import type { SetScale } from './contract.ts'
import type { Reading } from './reading.ts'

const ROOT_NAMES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'] as const

/** In the order of the index that Live 12.1 and newer store. */
const SCALE_NAMES = [
  'Major',
  'Minor',
  'Dorian',
  'Mixolydian',
  'Lydian',
  'Phrygian',
  'Locrian',
  'Whole Tone',
  'Half-whole Dim.',
  'Whole-half Dim.',
  'Minor Blues',
  'Minor Pentatonic',
  'Major Pentatonic',
  'Harmonic Minor',
  'Harmonic Major',
  'Dorian #4',
  'Phrygian Dominant',
  'Melodic Minor',
  'Lydian Augmented',
  'Lydian Dominant',
  'Super Locrian',
  '8-Tone Spanish',
  'Bhairav',
  'Hungarian Minor',
  'Hirajoshi',
  'In-Sen',
  'Iwato',
  'Kumoi',
  'Pelog Selisir',
  'Pelog Tembung',
  'Messiaen 3',
  'Messiaen 4',
  'Messiaen 5',
  'Messiaen 6',
  'Messiaen 7',
] as const

/** The scale of a ScaleInformation node; null when absent and for C Major, the untouched default of every version. */
export function readScale(reading: Reading, node: number): SetScale | null {
  const { tape } = reading
  const byIndex = tape.child(node, 'Root')
  const root = reading.integer(byIndex >= 0 ? byIndex : tape.child(node, 'RootNote'))
  const name = scaleName(reading, tape.child(node, 'Name'), byIndex >= 0)
  const rootName = root === null ? undefined : ROOT_NAMES[root]
  if (root === null || rootName === undefined || name === null || name === '') return null
  return root === 0 && name === 'Major' ? null : { root, rootName, name }
}

function scaleName(reading: Reading, node: number, byIndex: boolean): string | null {
  if (!byIndex) return reading.name(node)
  const index = reading.integer(node)
  const name = index === null ? undefined : SCALE_NAMES[index]
  if (index !== null && name === undefined)
    reading.notUnderstood.add('value', `scale ${index}`, 'ScaleInformation')
  return name ?? null
}
