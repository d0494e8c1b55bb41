import { type Repetition, type RhythmCurves, valueAt } from './rhythm-curves.ts'
import { pulseStrength } from './tempo-candidates.ts'

/** Tempos that people feel, as soft classes: centres in BPM, width in octaves. */
const CLASS_BPM = [60, 75, 90, 105, 120, 135, 150, 170, 190, 210]
const CLASS_WIDTH_OCTAVES = 0.18
/** Lags at which each curve's repetition is looked at, in beats. */
const LAGS_BEATS = [1, 2, 4, 1 / 2, 1 / 4, 3, 3 / 2, 1 / 3, 8, 3 / 4, 2 / 3]
const STEPS_PER_BEAT = 16
const BEATS = 4
const STEPS = STEPS_PER_BEAT * BEATS
/** Keeps the logarithm of an empty place finite. */
const SOFT = 0.2

/** What speaks for a beat period, as numbers of comparable size: 70 of them. */
export function tempoFeatures(curves: RhythmCurves, repetition: Repetition, period: number): number[] {
  const octaves = Math.log2((60 * curves.rowsPerSecond) / period)
  const classes = CLASS_BPM.map((bpm) => Math.exp(-(((octaves - Math.log2(bpm)) / CLASS_WIDTH_OCTAVES) ** 2)))
  const lags = [repetition.all, repetition.low, repetition.mid, repetition.high].flatMap((curve) =>
    LAGS_BEATS.map((beats) => valueAt(curve, beats * period)),
  )
  const profiles = [curves.low, curves.mid, curves.high].map((curve) => folded(curve, period * BEATS))
  const phase = strongestPhase(profiles)
  return [
    ...classes,
    ...lags,
    pulseStrength(repetition.all, period),
    ...profiles.flatMap((profile) => placeFeatures(profile, phase)),
  ]
}

/** Mean onset strength at each of 64 places of four beats, relative to the mean of all. */
function folded(curve: Float64Array, length: number): Float64Array {
  const places = new Float64Array(STEPS)
  const step = STEPS / length
  for (let i = 0; i < curve.length; i++) {
    const value = curve[i] ?? 0
    if (value === 0) continue
    const place = Math.floor(i * step) % STEPS
    places[place] = (places[place] ?? 0) + value
  }
  const mean = places.reduce((sum, value) => sum + value, 0) / STEPS
  return mean > 0 ? places.map((value) => value / mean) : places
}

/** The place within a beat where the onsets are strongest. */
function strongestPhase(profiles: Float64Array[]): number {
  let best = 0
  let strength = -1
  for (let phase = 0; phase < STEPS_PER_BEAT; phase++) {
    let sum = 0
    for (let beat = 0; beat < BEATS; beat++) {
      for (const [i, profile] of profiles.entries()) {
        sum += (i === 0 ? 1 : 0.5) * (profile[(phase + beat * STEPS_PER_BEAT) % STEPS] ?? 0)
      }
    }
    if (sum > strength) {
      strength = sum
      best = phase
    }
  }
  return best
}

/** On the beat, on the half, on the quarters; and how much beats 1 and 2, 1 and 3 differ. */
function placeFeatures(profile: Float64Array, phase: number): number[] {
  const at = (beats: number) => {
    const place = phase + Math.round(beats * STEPS_PER_BEAT) + STEPS
    const near = [-1, 0, 1].map((shift) => profile[(place + shift) % STEPS] ?? 0)
    return near.reduce((sum, value) => sum + value, 0) / near.length
  }
  const mean = (places: number[]) => places.reduce((sum, place) => sum + at(place), 0) / places.length
  return [
    Math.log(SOFT + mean([0, 1, 2, 3])),
    Math.log(SOFT + mean([0.5, 1.5, 2.5, 3.5])),
    Math.log(SOFT + mean([0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3.25, 3.75])),
    Math.abs(Math.log((SOFT + at(0) + at(2)) / (SOFT + at(1) + at(3)))),
    Math.abs(Math.log((SOFT + at(0)) / (SOFT + at(2)))),
  ]
}
