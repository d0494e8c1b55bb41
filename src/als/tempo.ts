import { asStored, type TrackAutomation, type Unit } from './automation.ts'
import type { LiveSet } from './contract.ts'
import type { Reading } from './reading.ts'
import { timeSignatureFromId } from './time-signature.ts'
import { rounded } from './units.ts'

const SLOWEST_BPM = 20
const FASTEST_BPM = 999
/** Beyond Live's own range, yet still a tempo: kept, and noted. */
const POSSIBLE_BPM = { min: 1, max: 10_000 }
/** A 32-bit float near 120 is off by less than this; a tempo typed by hand has two decimals. */
const FLOAT_NOISE_BPM = 5e-5

type Timing = Pick<
  LiveSet,
  'tempoBpm' | 'tempoAtStartBpm' | 'tempoChanges' | 'timeSignature' | 'timeSignatureChanges'
>

export const NO_TIMING: Timing = {
  tempoBpm: null,
  tempoAtStartBpm: null,
  tempoChanges: [],
  timeSignature: null,
  timeSignatureChanges: [],
}

/** Tempo and time signature, both of which are parameters of the main track's mixer. */
export function readTiming(reading: Reading, mixer: number, automation: TrackAutomation): Timing {
  return { ...readTempo(reading, mixer, automation), ...readTimeSignature(reading, mixer, automation) }
}

function readTempo(reading: Reading, mixer: number, automation: TrackAutomation) {
  const tempo = reading.tape.child(mixer, 'Tempo')
  const tempoBpm = inRange(reading, reading.number(tempo, POSSIBLE_BPM))
  const events = automation.read(automation.eventsOf(tempo), bpm, reading.limits.breakpoints)
  const tempoChanges: LiveSet['tempoChanges'] = []
  for (const { beat, value } of events.points) {
    if (value === null) noteImpossible(reading, 'Tempo')
    else tempoChanges.push({ beat, bpm: value })
  }
  return { tempoBpm, tempoAtStartBpm: events.initial ?? tempoChanges[0]?.bpm ?? tempoBpm, tempoChanges }
}

function readTimeSignature(reading: Reading, mixer: number, automation: TrackAutomation) {
  const signature = reading.tape.child(mixer, 'TimeSignature')
  const events = automation.read(automation.eventsOf(signature), asStored, reading.limits.breakpoints)
  const timeSignatureChanges: LiveSet['timeSignatureChanges'] = []
  for (const { beat, value } of events.points) {
    const changed = timeSignatureFromId(value)
    if (changed === null) noteImpossible(reading, 'TimeSignature')
    else timeSignatureChanges.push({ beat, timeSignature: changed })
  }
  const atRest = reading.number(signature)
  const timeSignature = timeSignatureFromId(events.initial) ?? timeSignatureFromId(atRest)
  if (timeSignature === null && atRest !== null) noteImpossible(reading, 'TimeSignature')
  return { timeSignature, timeSignatureChanges }
}

const bpm: Unit = (stored) =>
  stored >= POSSIBLE_BPM.min && stored <= POSSIBLE_BPM.max ? denoised(stored) : null

function noteImpossible(reading: Reading, where: string): void {
  reading.notUnderstood.add('value', 'out of range', where)
}

function denoised(tempo: number): number {
  const near = rounded(tempo, 2)
  return Math.abs(near - tempo) < FLOAT_NOISE_BPM ? near : tempo
}

function inRange(reading: Reading, tempo: number | null): number | null {
  if (tempo === null) return null
  if (tempo < SLOWEST_BPM || tempo > FASTEST_BPM)
    reading.notUnderstood.add('value', "outside Live's range", 'Tempo')
  return denoised(tempo)
}
