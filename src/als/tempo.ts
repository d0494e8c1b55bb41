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
  const { tape } = reading
  const tempo = tape.child(mixer, 'Tempo')
  const tempoBpm = inRange(reading, reading.number(tempo, POSSIBLE_BPM))
  const tempoEvents = automation.read(automation.eventsOf(tempo), bpm, reading.limits.breakpoints)
  const tempoChanges = tempoEvents.points.flatMap(({ beat, value }) =>
    value === null ? noteImpossible(reading, 'Tempo') : [{ beat, bpm: value }],
  )
  const signature = tape.child(mixer, 'TimeSignature')
  const events = automation.read(automation.eventsOf(signature), asStored, reading.limits.breakpoints)
  const timeSignatureChanges = events.points.flatMap(({ beat, value }) => {
    const timeSignature = timeSignatureFromId(value)
    return timeSignature === null ? noteImpossible(reading, 'TimeSignature') : [{ beat, timeSignature }]
  })
  const atRest = reading.number(signature)
  const first = timeSignatureFromId(events.initial) ?? timeSignatureFromId(atRest)
  if (first === null && atRest !== null) noteImpossible(reading, 'TimeSignature')
  return {
    tempoBpm,
    tempoAtStartBpm: tempoEvents.initial ?? tempoChanges[0]?.bpm ?? tempoBpm,
    tempoChanges,
    timeSignature: first,
    timeSignatureChanges,
  }
}

const bpm: Unit = (stored) =>
  stored >= POSSIBLE_BPM.min && stored <= POSSIBLE_BPM.max ? denoised(stored) : null

function noteImpossible(reading: Reading, where: string): [] {
  reading.notUnderstood.add('value', 'out of range', where)
  return []
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
