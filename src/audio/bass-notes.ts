import type { BassPeaks } from './bass-peaks.ts'
import type { LowEnd } from './contract.ts'
import { roundTo } from './decibels.ts'
import { NOTE_NAMES } from './note-names.ts'

const A4_HZ = 440
const A4_NOTE = 69
/** A peak is a partial of a lower one when it lies this near to a multiple: 3 %. */
const PARTIAL_TOLERANCE = 0.03
const PARTIALS = 6
/** A fundamental may be this much weaker (power) than its strongest partial: −20 dB. */
const WEAKEST_FUNDAMENTAL = 0.01
/** Tone and partials must hold this part of the power under 250 Hz for a frame to have a note. */
const MIN_CLARITY = 0.4
/** Part of what sounds around a tone that must be held, for the tone to be no drum. */
const MIN_HELD = 0.6
/** A bass that holds notes half of the time or more leaves no doubt by their rarity. */
const ENOUGH_SHARE = 0.5
const MAX_LISTED = 8
const MIN_SHARE = 0.03

interface Tone {
  hz: number
  /** Part of the power under 250 Hz that the tone and its partials hold. */
  clarity: number
}

/** How much of what sounds around a frequency at a frame is held, 0…1; the rest comes and goes like a drum. */
export type HeldShare = (frame: number, hz: number) => number

/**
 * Which notes the bass plays: the lowest tone of a stack of partials, in frames of 0.37 s.
 * @returns notes by falling share; none in silence and under drums alone.
 * Accuracy: ±3 cents on held tones from 30 to 250 Hz.
 */
export function bassNotes(
  peaks: BassPeaks,
  isHeld: HeldShare,
): Pick<LowEnd, 'notes' | 'noteShare' | 'noteConfidence'> {
  const tones: Tone[] = []
  let sounding = 0
  for (let frame = 0; frame < peaks.rows.count(); frame++) {
    const row = peaks.rows.at(frame)
    if ((row[0] ?? 0) === 0) continue
    sounding++
    const tone = fundamentalOf(row, (hz) => isHeld(frame, hz))
    if (tone !== null && tone.clarity >= MIN_CLARITY) tones.push(tone)
  }
  if (tones.length === 0) return { notes: [], noteShare: sounding === 0 ? null : 0, noteConfidence: null }
  const clarity = tones.reduce((sum, tone) => sum + tone.clarity, 0) / tones.length
  return {
    notes: notesOf(tones),
    noteShare: roundTo(tones.length / sounding, 2),
    noteConfidence: roundTo(clarity * Math.min(1, tones.length / sounding / ENOUGH_SHARE), 2),
  }
}

function fundamentalOf(row: Float32Array, isHeld: (hz: number) => number): Tone | null {
  const held: { hz: number; power: number }[] = []
  for (let i = 1; i < row.length && (row[i] ?? 0) > 0; i += 2) {
    const hz = row[i] ?? 0
    if (isHeld(hz) >= MIN_HELD) held.push({ hz, power: row[i + 1] ?? 0 })
  }
  let best: { hz: number; stack: number } | null = null
  for (const { hz, power } of held) {
    let stack = 0
    let strongest = 0
    for (const peak of held) {
      if (!isPartial(peak.hz / hz)) continue
      stack += peak.power
      strongest = Math.max(strongest, peak.power)
    }
    if (power < WEAKEST_FUNDAMENTAL * strongest) continue
    if (best === null || stack > best.stack || (stack === best.stack && hz < best.hz)) best = { hz, stack }
  }
  return best === null ? null : { hz: best.hz, clarity: Math.min(1, best.stack / (row[0] ?? 1)) }
}

function isPartial(ratio: number): boolean {
  const number = Math.round(ratio)
  return number >= 1 && number <= PARTIALS && Math.abs(ratio / number - 1) <= PARTIAL_TOLERANCE
}

function notesOf(tones: readonly Tone[]): LowEnd['notes'] {
  const byNote = new Map<number, Tone[]>()
  for (const tone of tones) {
    const note = Math.round(pitchOf(tone.hz))
    byNote.set(note, [...(byNote.get(note) ?? []), tone])
  }
  return [...byNote]
    .map(([note, same]) => {
      const sorted = same.map(({ hz }) => hz).sort((a, b) => a - b)
      const hz = sorted[sorted.length >> 1] ?? 0
      return {
        note: `${NOTE_NAMES[note % 12] ?? ''}${Math.floor(note / 12) - 1}`,
        frequencyHz: roundTo(hz, 1),
        cents: Math.round(100 * (pitchOf(hz) - note)),
        share: roundTo(same.length / tones.length, 2),
      }
    })
    .filter(({ share }) => share >= MIN_SHARE)
    .sort((a, b) => b.share - a.share || a.frequencyHz - b.frequencyHz)
    .slice(0, MAX_LISTED)
}

/** MIDI note number with its fraction. */
function pitchOf(hz: number): number {
  return A4_NOTE + 12 * Math.log2(hz / A4_HZ)
}
