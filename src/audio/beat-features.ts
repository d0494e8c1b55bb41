import type { RhythmCurves } from './rhythm-curves.ts'
import type { TrackSpectrum } from './spectrum-meter.ts'
import { THIRD_OCTAVES } from './third-octaves.ts'
import { FINE_STEPS, type Tones } from './tone-meter.ts'

/** What sounds during each beat. */
export interface BeatFeatures {
  /** Onset strength on the beat: bass, middle, highs. */
  low: number[]
  mid: number[]
  high: number[]
  /** Mean magnitude by pitch class, unit length (all 0 in silence). */
  chroma: Float64Array[]
  bassChroma: Float64Array[]
  /** Level of the thirty third octaves, dB above −80 dBFS, never below 0. */
  bands: Float64Array[]
}

const ON_BEAT_ROWS = 3
const FLOOR_DB = -80
const NOTES = 12

/** Averages curves, chroma and bands over each beat. @param beats seconds, rising */
export function featuresOfBeats(
  beats: readonly number[],
  curves: RhythmCurves,
  tones: Tones,
  spectrum: TrackSpectrum,
): BeatFeatures {
  const rows = beats.map((beat) => Math.round((beat - curves.offsetSeconds) * curves.rowsPerSecond))
  const onBeat = (curve: Float64Array) => rows.map((row) => strongest(curve, row))
  const spans = beats.map((beat, i) => [beat, beats[i + 1] ?? 2 * beat - (beats[i - 1] ?? 0)] as const)
  return {
    low: onBeat(curves.low),
    mid: onBeat(curves.mid),
    high: onBeat(curves.high),
    chroma: spans.map((span) => unit(foldedChroma(meanOver(tones.chroma, FINE_STEPS, tones, span)))),
    bassChroma: spans.map((span) => unit(meanOver(tones.bassChroma, NOTES, tones, span))),
    bands: spans.map((span) =>
      meanOver(spectrum.bandPowers, THIRD_OCTAVES.length, spectrum, span).map((power) =>
        Math.max(0, 10 * Math.log10(power + 1e-30) - FLOOR_DB),
      ),
    ),
  }
}

function strongest(curve: Float64Array, row: number): number {
  let best = 0
  for (let i = row - ON_BEAT_ROWS; i <= row + ON_BEAT_ROWS; i++) best = Math.max(best, curve[i] ?? 0)
  return best
}

/** Mean of the frames whose middle lies nearest to a stretch of time; at least one frame. */
export function meanOver(
  values: Float64Array,
  width: number,
  { stepSeconds, frames }: { stepSeconds: number; frames: number },
  [from, to]: readonly [number, number],
): Float64Array {
  // A frame is as long as two steps: its middle stands one step after its start.
  const first = Math.max(0, Math.min(frames - 1, Math.round(from / stepSeconds - 0.5)))
  const last = Math.max(first + 1, Math.min(frames, Math.round(to / stepSeconds - 0.5)))
  const mean = new Float64Array(width)
  for (let frame = first; frame < last; frame++) {
    const start = frame * width
    for (let i = 0; i < width; i++) mean[i] = (mean[i] ?? 0) + (values[start + i] ?? 0)
  }
  for (let i = 0; i < width; i++) mean[i] = (mean[i] ?? 0) / (last - first)
  return mean
}

/** Thirds of semitones to semitones at concert pitch. */
function foldedChroma(fine: Float64Array): Float64Array {
  return Float64Array.from(
    { length: NOTES },
    (_, note) =>
      (fine[note * 3] ?? 0) +
      (fine[note * 3 + 1] ?? 0) +
      (fine[(note * 3 + FINE_STEPS - 1) % FINE_STEPS] ?? 0),
  )
}

function unit(values: Float64Array): Float64Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
  return length > 0 ? values.map((value) => value / length) : values
}
