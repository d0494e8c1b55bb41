import type { SetClip, SetNote } from './contract.ts'
import type { Reading } from './reading.ts'

/** How many notes the whole set may still add to the result. */
export type NoteBudget = { notes: number }

const MIDI = { min: 0, max: 127 }

/** The notes of a clip, sorted by time. Deactivated notes are listed as such and left out of the summary. */
export function readMidiClip(
  reading: Reading,
  clip: number,
  budget: NoteBudget,
): NonNullable<SetClip['midi']> {
  const { tape } = reading
  const notes: SetNote[] = []
  let noteCount = 0
  for (const track of tape.children(tape.path(clip, 'Notes', 'KeyTracks'))) {
    const key = reading.number(tape.child(track, 'MidiKey'), MIDI)
    for (const event of tape.children(tape.child(track, 'Notes'))) {
      const note = key === null ? undefined : readNote(reading, event, key)
      if (note === undefined) continue
      noteCount++
      if (budget.notes > 0) {
        budget.notes--
        notes.push(note)
      } else reading.notUnderstood.add('limit', 'notes', 'MidiClip')
    }
  }
  notes.sort((one, other) => one.beat - other.beat || one.key - other.key)
  return { noteCount, ...summary(notes.filter((note) => note.on)), notes }
}

function readNote(reading: Reading, event: number, key: number): SetNote | undefined {
  const beat = attribute(reading, event, 'Time')
  const durationBeats = attribute(reading, event, 'Duration')
  const velocity = attribute(reading, event, 'Velocity')
  if (beat === null || durationBeats === null || velocity === null) return undefined
  const enabled = reading.tape.text(reading.tape.attribute(event, 'IsEnabled'))
  return {
    key,
    beat,
    durationBeats,
    velocity,
    on: enabled !== 'false', // Live 12.2 and newer leave it out when it is on
    probability: attribute(reading, event, 'Probability'),
  }
}

function attribute(reading: Reading, event: number, name: string): number | null {
  return reading.attributeNumber(reading.tape.attribute(event, name), event)
}

function summary(notes: readonly SetNote[]) {
  if (notes.length === 0) return { lowestKey: null, highestKey: null, meanVelocity: null }
  let lowestKey = 127
  let highestKey = 0
  let sum = 0
  for (const note of notes) {
    lowestKey = Math.min(lowestKey, note.key)
    highestKey = Math.max(highestKey, note.key)
    sum += note.velocity
  }
  return { lowestKey, highestKey, meanVelocity: sum / notes.length }
}
