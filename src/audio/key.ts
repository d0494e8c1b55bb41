import type { Tonality } from './contract.ts'
import { roundTo } from './decibels.ts'
import { KEY_WEIGHTS } from './key-weights.ts'
import { FINE_STEPS, type Tones } from './tone-meter.ts'

const NOTE_NAMES = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'] as const
/** The wheel that DJs read: a fifth up is one hour on. */
const CAMELOT_MAJOR = ['8B', '3B', '10B', '5B', '12B', '7B', '2B', '9B', '4B', '11B', '6B', '1B'] as const
const CAMELOT_MINOR = ['5A', '12A', '7A', '2A', '9A', '4A', '11A', '6A', '1A', '8A', '3A', '10A'] as const
const NOTES = 12
/** Pitch classes of music with a key differ by more than this (spread over mean); noise and drums stay below. */
const MIN_CONTRAST = 0.3
/** Frames with tones, as a share of all, that a key needs. */
const MIN_TONAL_SHARE = 0.1
/** Notes last: neighbouring frames of music are alike to at least half, those of tuned drums hardly at all. */
const MIN_LASTING = 0.35
/** A key needs this many different notes; one tone or two have none. */
const MIN_VOICES = 3
/** A note counts from this part of the strongest on. */
const VOICE_SHARE = 0.05
const MAX_ALTERNATIVES = 4

/** What a key is judged by: pitch classes of all notes and of the bass, in semitones from C, tuning removed. */
export interface PitchProfile {
  notes: Float64Array
  bass: Float64Array
  /** Spread of `notes` over their mean. */
  contrast: number
  tonalShare: number
  /** How many different notes sound. */
  voices: number
  tuningCents: number
}

/** Sums the frames; a loud frame counts by the root of its strength. */
export function pitchProfile(tones: Tones): PitchProfile {
  const tuning = Math.atan2(tones.tuning.y, tones.tuning.x) / (2 * Math.PI)
  const fine = summed(tones.chroma, FINE_STEPS)
  const notes = new Float64Array(NOTES)
  for (const [step, value] of fine.sums.entries()) {
    const pitch = step / 3 - tuning
    const note = Math.round(pitch)
    const weight = Math.max(0, 1 - 1.5 * Math.abs(pitch - note))
    const place = ((note % NOTES) + NOTES) % NOTES
    notes[place] = (notes[place] ?? 0) + weight * value
  }
  const mean = notes.reduce((sum, value) => sum + value, 0) / NOTES
  return {
    notes: standardised(notes),
    bass: standardised(summed(tones.bassChroma, NOTES).sums),
    contrast: mean > 0 ? spreadOf(notes, mean) / mean : 0,
    tonalShare: fine.used / Math.max(1, tones.frames),
    voices: notes.filter((value) => value > VOICE_SHARE * Math.max(...notes)).length,
    tuningCents: 100 * tuning,
  }
}

function summed(values: Float64Array, width: number): { sums: Float64Array; used: number } {
  const sums = new Float64Array(width)
  let used = 0
  for (let at = 0; at < values.length; at += width) {
    let total = 0
    for (let i = at; i < at + width; i++) total += values[i] ?? 0
    if (total === 0) continue
    used++
    const scale = 1 / Math.sqrt(total)
    for (let i = 0; i < width; i++) sums[i] = (sums[i] ?? 0) + (values[at + i] ?? 0) * scale
  }
  return { sums, used }
}

/** Mean cosine of neighbouring frames that both have tones: 1 for held notes. */
function lasting(chroma: Float64Array): number {
  let sum = 0
  let pairs = 0
  for (let at = FINE_STEPS; at < chroma.length; at += FINE_STEPS) {
    let [both, before, here] = [0, 0, 0]
    for (let i = at; i < at + FINE_STEPS; i++) {
      const a = chroma[i - FINE_STEPS] ?? 0
      const b = chroma[i] ?? 0
      both += a * b
      before += a * a
      here += b * b
    }
    if (before === 0 || here === 0) continue
    sum += both / Math.sqrt(before * here)
    pairs++
  }
  return pairs === 0 ? 0 : sum / pairs
}

function spreadOf(values: Float64Array, mean: number): number {
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const spread = spreadOf(values, mean) * Math.sqrt(values.length)
  return values.map((value) => (spread > 0 ? (value - mean) / spread : 0))
}

/** What the weights see of a key: notes, then bass, counted from its tonic. */
export function keyFeatures({ notes, bass }: PitchProfile, tonic: number): number[] {
  const turned = (values: Float64Array) => Array.from(values, (_, i) => values[(i + tonic) % NOTES] ?? 0)
  return [...turned(notes), ...turned(bass)]
}

/**
 * The key, with the next likely ones.
 * @returns key null when there is no clear one: noise, drums, a sweep, silence
 */
export function measureTonality(tones: Tones): Tonality {
  const profile = pitchProfile(tones)
  const none = { key: null, camelot: null, confidence: 0, alternatives: [], tuningCents: null }
  if (profile.tonalShare < MIN_TONAL_SHARE || profile.contrast < MIN_CONTRAST) return none
  if (profile.voices < MIN_VOICES || lasting(tones.chroma) < MIN_LASTING) return none
  const scores = Array.from({ length: 2 * NOTES }, (_, key) => scoreOf(profile, key))
  const highest = Math.max(...scores)
  const odds = scores.map((score) => Math.exp(score - highest))
  const total = odds.reduce((sum, value) => sum + value, 0)
  const [best, ...others] = [...scores.keys()]
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
    .map((key) => ({ ...nameOf(key), confidence: roundTo((odds[key] ?? 0) / total, 3) }))
  if (best === undefined) return none
  return {
    ...best,
    alternatives: others.slice(0, MAX_ALTERNATIVES).filter(({ confidence }) => confidence >= 0.01),
    tuningCents: roundTo(profile.tuningCents, 1),
  }
}

/** Keys 0…11 are major from C, 12…23 minor. */
function scoreOf(profile: PitchProfile, key: number): number {
  const { notes, bass, bias } = key < NOTES ? KEY_WEIGHTS.major : KEY_WEIGHTS.minor
  const weights = [...notes, ...bass]
  return keyFeatures(profile, key % NOTES).reduce((sum, value, i) => sum + value * (weights[i] ?? 0), bias)
}

/** The place of a key like "F# minor" on the DJ wheel; null for what is no such name. */
export function camelotOf(name: string): string | null {
  const keys = Array.from({ length: 2 * NOTES }, (_, key) => nameOf(key))
  return keys.find(({ key }) => key === name)?.camelot ?? null
}

function nameOf(key: number): { key: string; camelot: string } {
  const tonic = key % NOTES
  const major = key < NOTES
  return {
    key: `${NOTE_NAMES[tonic] ?? ''} ${major ? 'major' : 'minor'}`,
    camelot: (major ? CAMELOT_MAJOR : CAMELOT_MINOR)[tonic] ?? '',
  }
}
