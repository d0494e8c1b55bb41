import type { Era } from '../../als/eras.ts'

/** What a part is in the music, whatever its track is called. */
export const roles = [
  'kick',
  'snare',
  'hats',
  'percussion',
  'bass',
  'lead',
  'arpeggio',
  'pad',
  'keys',
  'vocal',
  'strings',
  'effects',
] as const
export type Role = (typeof roles)[number]

export interface EqBand {
  type: 'low-cut-12' | 'low-cut-48' | 'low-shelf' | 'bell' | 'high-shelf' | 'high-cut-12'
  freqHz: number
  gainDb: number
  q: number
}

/** A device that sounds here as its namesake does in Live, near enough, and is written into the set. */
export type Insert =
  | { kind: 'eq'; bands: EqBand[] }
  | { kind: 'utility'; gainDb: number; width: number; invertLeft: boolean }
  | { kind: 'saturator'; driveDb: number; outputDb: number }
  | {
      kind: 'compressor'
      thresholdDb: number
      ratio: number
      attackMs: number
      releaseMs: number
      outputDb: number
    }
  | { kind: 'limiter'; gainDb: number; ceilingDb: number }
  /** Its settings are opaque in a set: only the name is written. */
  | { kind: 'plugin'; name: string; inside: Insert }

export interface Note {
  key: number
  /** Quarter notes from the start of the clip's loop. */
  beat: number
  beats: number
  velocity: number
}

export interface Clip {
  startBeat: number
  endBeat: number
  loopBeats: number
  notes: Note[]
}

/** How a part sounds at its source. Times in seconds. */
export interface Voice {
  shape: 'kick' | 'snare' | 'hat' | 'blip' | 'saw' | 'square' | 'sine' | 'triangle' | 'noise'
  attack: number
  decay: number
  sustain: number
  release: number
  /** Low-pass over the fundamental, in octaves. */
  brightness: number
  detuneCents: number
  /** 0 = one channel for both ears, 1 = two strangers. */
  spread: number
  /** Peak of one note at full velocity. */
  gainDb: number
  /** Colour of the source that no device of the set shows. */
  colour: EqBand[]
  width: number
  inverted: boolean
  driveDb: number
}

export interface Part {
  id: string
  role: Role
  name: string
  kind: 'midi' | 'audio'
  voice: Voice
  inserts: Insert[]
  volumeDb: number
  pan: number
  sendDb: number | null
  groupId: string | null
  muted: boolean
  clips: Clip[]
  /** The key that the set shows for every note: drums often sit on a key that says nothing. */
  shownKey: number | null
}

export interface Song {
  seed: number
  era: Era
  tempoBpm: number
  tempoChanges: { beat: number; bpm: number }[]
  timeSignature: string
  timeSignatureChanges: { beat: number; timeSignature: string }[]
  scale: { root: number; name: 'Major' | 'Minor' }
  locators: { beat: number; name: string }[]
  lengthBeats: number
  group: { id: string; name: string; volumeDb: number } | null
  returnName: string
  returnDb: number
  parts: Part[]
  main: Insert[]
}
