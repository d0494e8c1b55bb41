import type { Random } from './random.ts'
import type { Role } from './song.ts'

/** What people call their tracks: in several languages, and often nothing that helps. */
const NAMES: Record<Role, readonly [string, ...string[]]> = {
  kick: ['Kick', 'KICK 909', 'BD', 'Bassdrum', 'Kick Main', 'bombo', 'Grosse caisse', 'kik'],
  snare: ['Snare', 'Clap', 'SD', 'Caja', 'Snr Top', 'Caisse claire', 'clap layer'],
  hats: ['Hats', 'HiHat', 'HH', 'Closed Hat', 'Charley', 'Hi Hats Loop', 'Ride'],
  percussion: ['Perc', 'Congas', 'Percussion', 'Bongo loop', 'Toms', 'Rim'],
  bass: ['Bass', 'Sub', 'Reese', 'Bajo', 'Basse', 'BASS mid', '808 Bass', 'Bassline'],
  lead: ['Lead', 'Lead Synth', 'Melodie', 'Main Theme', 'Solo', 'Supersaw'],
  arpeggio: ['Arp', 'Pluck', 'Sequence', 'Arpeggio', 'Plucks'],
  pad: ['Pad', 'Warm Pad', 'Atmo', 'Nappe', 'Fläche', 'Texture'],
  keys: ['Piano', 'Keys', 'Chords', 'Rhodes', 'Klavier', 'Stabs'],
  vocal: ['Vocal', 'Lead Vox', 'Gesang', 'Voz', 'Voice', 'Vox main'],
  strings: ['Strings', 'Violins', 'Streicher', 'Orchestra', 'Cordes'],
  effects: ['FX', 'Riser', 'Sweep', 'Noise', 'Impact FX', 'Uplifter'],
}

const NOTHING: readonly [string, ...string[]] = [
  'Synth',
  'idea',
  'new',
  'asdf',
  'Operator',
  'Track',
  'bounce',
  'x',
]

/** Two in three names help; the others are Live's own or say nothing. */
export function nameOf(random: Random, role: Role, number: number, kind: 'midi' | 'audio'): string {
  const fate = random.next()
  if (fate < 0.66) return random.pick(NAMES[role])
  if (fate < 0.9) return `${number}-${kind === 'midi' ? 'MIDI' : 'Audio'}`
  return `${random.pick(NOTHING)} ${number}`
}
