import { trackBeats } from './beats.ts'
import type { Rhythm } from './contract.ts'
import { roundTo } from './decibels.ts'
import { unpackStrength } from './onset-strength.ts'

/** What is known better than it was heard. */
export interface KnownRhythm {
  tempoBpm?: number | undefined
  /** Whole beats. */
  beatsPerBar?: number | undefined
}

/** Metrical relatives whose beats follow from the heard ones: [pulses per heard beat, pulses per new beat]. */
const RELATIVES = [
  [1, 1],
  [2, 1],
  [1, 2],
  [3, 1],
  [1, 3],
  [4, 1],
  [1, 4],
  [3, 2],
  [2, 3],
  [4, 3],
  [3, 4],
] as const
/** Two tempos within this are the same one, told more exactly. */
const SAME = 0.02
const METERS = new Map([
  [4, '4/4'],
  [3, '3/4'],
  [5, '5/4'],
] as const)

/** How a tempo hangs together with another: pulses per beat of either; undefined when it does not. */
export function relativeOf(tempoBpm: number, heardBpm: number): (typeof RELATIVES)[number] | undefined {
  return RELATIVES.find(([up, down]) => Math.abs(tempoBpm / ((heardBpm * up) / down) - 1) <= SAME)
}

/**
 * Beats and bars of a rhythm at another tempo or metre. Metrical relatives keep the phase of the heard beats; beats of
 * any other tempo are sought in the stored onsets. The first bar begins at the beat nearest to the heard one.
 * @returns the rhythm with confidence 1; what was heard stands first among the alternatives
 */
export function regrid(heard: Rhythm, known: KnownRhythm): Rhythm {
  const tempoBpm = known.tempoBpm ?? heard.tempoBpm
  const beats = known.tempoBpm === undefined ? heard.beatsSeconds : beatsAt(heard, tempoBpm)
  const beatsPerBar = barOf(heard, known, tempoBpm / heard.tempoBpm)
  const isSameGrid = beats === heard.beatsSeconds && beatsPerBar === heard.beatsPerBar
  const { meter, swing, ...rest } = heard
  return {
    ...rest,
    // Off-beats of the heard beats are not those of others.
    ...(swing !== undefined && Math.abs(tempoBpm / heard.tempoBpm - 1) <= SAME ? { swing } : {}),
    ...(known.tempoBpm === undefined ? {} : knownTempo(heard, tempoBpm)),
    beatsPerBar,
    ...meterOf(heard, known),
    beatsSeconds: beats,
    downbeatsSeconds: isSameGrid ? heard.downbeatsSeconds : barsOf(beats, beatsPerBar, heard),
  }
}

function knownTempo(heard: Rhythm, tempoBpm: number): Partial<Rhythm> {
  const relative = relativeOf(tempoBpm, heard.tempoBpm)
  const ratio = tempoBpm / heard.tempoBpm
  return {
    tempoBpm: roundTo(tempoBpm, 2),
    confidence: 1,
    alternatives: [{ tempoBpm: heard.tempoBpm, confidence: heard.confidence }, ...heard.alternatives].filter(
      (guess) => Math.abs(guess.tempoBpm / tempoBpm - 1) > SAME,
    ),
    steady: relative === undefined || heard.steady,
    tempoCurve: {
      ...heard.tempoCurve,
      tempoBpm: heard.tempoCurve.tempoBpm.map((bpm) =>
        relative === undefined || heard.steady ? roundTo(tempoBpm, 2) : roundTo(bpm * ratio, 2),
      ),
    },
  }
}

function meterOf(heard: Rhythm, known: KnownRhythm): Pick<Rhythm, 'meter'> {
  if (known.beatsPerBar === undefined) return heard.meter === undefined ? {} : { meter: heard.meter }
  const name =
    known.beatsPerBar === 4 || known.beatsPerBar === 3 || known.beatsPerBar === 5
      ? METERS.get(known.beatsPerBar)
      : undefined
  return name === undefined ? {} : { meter: { name, confidence: 1 } }
}

/** A bar of three and a half beats has seven at the double tempo. */
function barOf(heard: Rhythm, known: KnownRhythm, ratio: number): number {
  if (known.beatsPerBar !== undefined) return known.beatsPerBar
  if (known.tempoBpm === undefined || Number.isInteger(heard.beatsPerBar)) return heard.beatsPerBar
  return Math.max(2, Math.round(heard.beatsPerBar * ratio))
}

function beatsAt(heard: Rhythm, tempoBpm: number): number[] {
  const relative = relativeOf(tempoBpm, heard.tempoBpm)
  if (relative === undefined) return trackedBeats(heard, tempoBpm)
  const [up, down] = relative
  if (up === 1 && down === 1) return heard.beatsSeconds
  const pulses = subdivided(heard.beatsSeconds, up)
  const first = nearestTo(pulses, heard.downbeatsSeconds[0] ?? 0)
  return pulses.filter((_, i) => (i - first) % down === 0)
}

/** Pulses between the beats, evenly; the last beat's are as long as those before it. */
function subdivided(beats: readonly number[], parts: number): number[] {
  return beats.flatMap((beat, i) => {
    const length = i + 1 < beats.length ? (beats[i + 1] ?? beat) - beat : beat - (beats[i - 1] ?? beat)
    const pulses = length > 0 ? parts : 1
    return Array.from({ length: pulses }, (_, k) => roundTo(beat + (k * length) / parts, 3))
  })
}

function trackedBeats({ onsets }: Rhythm, tempoBpm: number): number[] {
  if (onsets === undefined) return []
  const strength = unpackStrength(onsets)
  const period = (60 * onsets.rowsPerSecond) / tempoBpm
  const rows = trackBeats(strength, new Float64Array(strength.length).fill(period))
  return rows
    .map((row) => roundTo(row / onsets.rowsPerSecond + onsets.offsetSeconds, 3))
    .filter((seconds) => seconds >= 0)
}

function barsOf(beats: readonly number[], beatsPerBar: number, heard: Rhythm): number[] {
  const first = nearestTo(beats, heard.downbeatsSeconds[0] ?? 0)
  const step = Math.max(1, Math.round(beatsPerBar))
  return beats.filter((_, i) => (i - first) % step === 0)
}

function nearestTo(places: readonly number[], seconds: number): number {
  let nearest = 0
  for (const [i, place] of places.entries())
    if (Math.abs(place - seconds) < Math.abs((places[nearest] ?? 0) - seconds)) nearest = i
  return nearest
}
