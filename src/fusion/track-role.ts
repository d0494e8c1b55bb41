import type { SetTrack } from '../als/contract.ts'
import type { PlayedNote } from './played-notes.ts'
import type { ROLES } from './vocabulary.ts'

export type Role = (typeof ROLES)[number]

/** What a track plays in the music: by its name, else by its notes, else by what of the mix follows it, else unknown. */
export interface RoleGuess {
  role: Role | null
  by: 'name' | 'notes' | 'sound' | null
}

/**
 * Words of track names in the languages that producers write in. The first that fits decides, so the narrower stand
 * before the wider ("bassdrum" before "bass", "hi-hat loop" before "drum loop").
 */
const NAMES: readonly (readonly [Role, RegExp])[] = [
  ['kick', /\b(kick|kik|kck|bd|bass ?drum|bombo|grosse ?caisse|cassa|kickdrum|bumbo|kicks)\b|kick|bassdrum/],
  ['snare', /\b(snares?|snr|sd|claps?|caja|caisse ?claire|rimshot|palmas|rullante)\b|snare|clap/],
  [
    'hats',
    /\b(hats?|hh|hi ?hats?|ch|oh|charley|charleston|rides?|cymbals?|crash|shakers?|becken|platillos?)\b|hihat/,
  ],
  [
    'percussion',
    /\b(percs?|percussion|congas?|bongos?|toms?|rim|tambourine|cowbell|claves?|djembe|triangle|perkussion|percusion)\b/,
  ],
  [
    'drums',
    /\b(drums?|drum ?(loop|rack|bus)|breaks?|breakbeat|beat|schlagzeug|bateria|batterie|batteria|amen|loop ?drum)\b|drum/,
  ],
  ['bass', /\b(bass|sub|808|reese|bajo|basse|basso|baixo|subbass|bassline|lowend)\b|bass/],
  [
    'vocal',
    /\b(vocals?|vox|voices?|voz|voix|voce|gesang|stimme|singer|rap|adlibs?|choir|chor|bv|harmony|harmonies|acapella)\b|vocal/,
  ],
  [
    'effects',
    /\b(fx|sfx|riser|risers?|sweeps?|impacts?|noise|uplifter|downlifter|whoosh|atmos? ?fx|foley|ambience|effekte|efectos)\b/,
  ],
  [
    'chords',
    /\b(pads?|keys|piano|chords?|rhodes|organ|strings?|klavier|streicher|nappes?|fl(ä|ae)che|cordes|violins?|stabs?|atmo|texture|akkorde|orchestra|wurli|epiano|brass|choirs?|guitar|gtr|guitarra)\b/,
  ],
  [
    'lead',
    /\b(lead|leads|melody|melodie|melodia|solo|theme|supersaw|arp|arpeggio|plucks?|sequence|seq|hook|bells?|synth ?lead)\b/,
  ],
]

/** The keys of General MIDI and of most drum racks. */
const DRUM_KEYS: ReadonlyMap<number, Role> = new Map([
  [35, 'kick'],
  [36, 'kick'],
  [37, 'percussion'],
  [38, 'snare'],
  [39, 'snare'],
  [40, 'snare'],
  [42, 'hats'],
  [44, 'hats'],
  [46, 'hats'],
])

export function guessRole(track: SetTrack, notes: readonly PlayedNote[]): RoleGuess {
  const texts = [
    track.name,
    ...track.clipList.slice(0, 4).flatMap(({ name, audio }) => [name, audio?.sample?.name ?? '']),
  ]
  for (const text of texts) {
    const role = roleOfName(text)
    if (role !== null) return { role, by: 'name' }
  }
  const role = roleOfNotes(track, notes)
  return { role, by: role === null ? null : 'notes' }
}

export function roleOfName(name: string): Role | null {
  const words = name
    .toLowerCase()
    .replace(/\.[a-z0-9]{2,4}$/, '')
    .replace(/[_\-.,/()[\]]+/g, ' ')
  return NAMES.find(([, pattern]) => pattern.test(words))?.[0] ?? null
}

function roleOfNotes(track: SetTrack, notes: readonly PlayedNote[]): Role | null {
  if (notes.length === 0) return null
  const keys = [...new Set(notes.map(({ key }) => key))]
  const hasDrumRack = track.devices.some((device) => device.class === 'DrumGroupDevice')
  const [only] = keys
  if (keys.length === 1 && only !== undefined)
    return DRUM_KEYS.get(only) ?? (isShort(notes) ? rhythmRole(notes) : null)
  if (hasDrumRack) return 'drums'
  const middle = median(notes.map(({ key }) => key))
  const together = meanTogether(notes)
  if (middle < 47 && together < 1.6) return 'bass'
  if (together >= 2.2) return 'chords'
  return middle >= 57 && together < 1.6 ? 'lead' : null
}

const isShort = (notes: readonly PlayedNote[]) =>
  median(notes.map(({ startBeat, endBeat }) => endBeat - startBeat)) <= 0.5

/** One key, struck again and again: the rhythm tells hats (dense) from a kick (on the beats); a snare stays unclear. */
function rhythmRole(notes: readonly PlayedNote[]): Role | null {
  const starts = notes.map(({ startBeat }) => startBeat)
  const gaps = starts.slice(1).map((start, i) => start - (starts[i] ?? 0))
  const gap = median(gaps)
  if (gap <= 0.5) return 'hats'
  const onBeats = starts.filter((start) => Math.abs(start - Math.round(start)) < 0.02)
  const backbeats = onBeats.filter((start) => Math.round(start) % 2 === 1)
  if (gap === 2 && backbeats.length === starts.length) return 'snare'
  return gap === 1 && onBeats.length === starts.length && backbeats.length > 0 ? 'kick' : null
}

/** Notes that sound together, on average over the starts of notes. */
function meanTogether(notes: readonly PlayedNote[]): number {
  const sample = notes.slice(0, 400)
  let sum = 0
  for (const note of sample)
    sum += sample.filter(
      ({ startBeat, endBeat }) => startBeat <= note.startBeat + 0.01 && endBeat > note.startBeat + 0.05,
    ).length
  return sum / sample.length
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
