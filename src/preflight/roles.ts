import type { SetDevice, SetTrack } from '../als/contract.ts'

export type RoleName = 'kick' | 'drums' | 'bass' | 'vocals' | 'sustained'

/** What a track probably plays, and what says so. */
export interface Role {
  name: RoleName
  evidence: 'name' | 'samples' | 'notes' | 'devices'
}

/** Whole words of English studio talk; anything else stays without a role. */
const WORDS: Readonly<Record<RoleName, string>> = {
  kick: 'kick kicks kik bassdrum bd',
  drums:
    'drum drums snare snares sd clap claps hat hats hihat hihats hh cymbal cymbals crash ride tom toms perc percs ' +
    'percussion shaker shakers tamb tambourine conga congas bongo bongos rim rimshot break breaks breakbeat beat beats kit topper',
  bass: 'bass basses sub subs subbass reese bassline',
  vocals: 'vocal vocals vox voc vocs voice voices acapella acappella singer singing rap adlib adlibs',
  sustained:
    'pad pads string strings choir drone drones atmos atmo atmosphere ambience ambient texture textures organ',
}

const ROLE_NAMES = ['kick', 'drums', 'bass', 'vocals', 'sustained'] as const
const roleByWord = new Map(
  ROLE_NAMES.flatMap((role) => WORDS[role].split(/\s+/).map((each) => [each, role] as const)),
)

/** The role that a name speaks of; null when it speaks of none or of several. */
export function roleOfName(name: string): RoleName | null {
  const words = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/bass[\s_-]*drum/g, 'bassdrum')
    .replace(/sub[\s_-]*bass/g, 'subbass')
    .split(/[^\p{L}]+/u)
  const roles = new Set(words.flatMap((each) => roleByWord.get(each) ?? []))
  if (roles.size === 2 && roles.has('kick') && roles.has('drums')) return 'drums'
  const [only] = roles
  return roles.size === 1 && only !== undefined ? only : null
}

/** D2 as Live counts: a line that never leaves the octaves below is a bass line. */
const HIGHEST_BASS_NOTE = 50
const FEWEST_NOTES = 8

/** By the track's name first, then by its devices, the names of its samples, and where its notes lie. */
export function roleOf(track: SetTrack, devices: readonly SetDevice[]): Role | null {
  if (track.kind === 'main' || track.kind === 'return') return null
  const named = roleOfName(track.name)
  if (named !== null) return { name: named, evidence: 'name' }
  if (devices.some((device) => device.class === 'DrumGroupDevice'))
    return { name: 'drums', evidence: 'devices' }
  const sampled = soleRole(track.clipList.map(({ audio }) => audio?.sample?.name ?? null))
  if (sampled !== null) return { name: sampled, evidence: 'samples' }
  return playsBassNotes(track) ? { name: 'bass', evidence: 'notes' } : null
}

function soleRole(names: readonly (string | null)[]): RoleName | null {
  const roles = names.flatMap((name) => (name === null ? [] : [roleOfName(name)]))
  const [first] = roles
  return first != null && roles.every((role) => role === first) ? first : null
}

function playsBassNotes({ clipList }: SetTrack): boolean {
  const parts = clipList.flatMap(({ midi }) => (midi === null || midi.highestKey === null ? [] : [midi]))
  const notes = parts.reduce((sum, { noteCount }) => sum + noteCount, 0)
  return notes >= FEWEST_NOTES && parts.every(({ highestKey }) => (highestKey ?? 127) <= HIGHEST_BASS_NOTE)
}
