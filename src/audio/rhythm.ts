import { type BeatFeatures, featuresOfBeats } from './beat-features.ts'
import { smoothBeats } from './beat-smoothing.ts'
import { beatStrength, ONSET_DELAY_SECONDS, trackBeats } from './beats.ts'
import type { Rhythm } from './contract.ts'
import { roundTo } from './decibels.ts'
import { findBars } from './downbeats.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import type { Onsets } from './onset-meter.ts'
import { packStrength } from './onset-strength.ts'
import { beatPlaces, pulsesOf } from './pulses.ts'
import { measureRepetition, middleOf, type RhythmCurves, rhythmCurves } from './rhythm-curves.ts'
import type { TrackSpectrum } from './spectrum-meter.ts'
import { type RankedTempo, rankTempos } from './tempo.ts'
import { followTempo, type LocalPeriods } from './tempo-curve.ts'
import type { Tones } from './tone-meter.ts'

/** Beats with what sounds during each, for harmony and structure. */
export interface BeatGrid {
  /** Seconds, rising. */
  beats: number[]
  /** Indices of the first beats of bars. */
  downbeats: number[]
  features: BeatFeatures
}

const CURVE_STEP_SECONDS = 2
/** Stretch that a sliding tempo is found in, and the repetition it must have: noise of that length has half of it. */
const MIDDLE_SECONDS = 20
const MIN_PULSE_OF_MIDDLE = 0.1

/**
 * Tempo, beats and bars.
 * @returns null when nothing repeats: silence, drones, noise, or less than a few beats
 */
export function measureRhythm(
  onsets: Onsets,
  tones: Tones,
  spectrum: TrackSpectrum,
  runtime: KernelRuntime,
): { rhythm: Rhythm; grid: BeatGrid } | null {
  const curves = rhythmCurves(onsets)
  const [chosen, ...others] = tempoGuesses(curves, runtime)
  if (chosen === undefined) return null
  const local = followTempo(curves, chosen.period, runtime)
  const { meter, confidence, beats, downbeats, features } = barredBeats(
    beatTimes(curves, local),
    curves,
    tones,
    spectrum,
  )
  const rowsPerMinute = 60 * curves.rowsPerSecond
  return {
    rhythm: {
      tempoBpm: roundTo(rowsPerMinute / (local.steady ? chosen.period : median(local.periods)), 2),
      confidence: roundTo(chosen.probability, 3),
      alternatives: others.map(({ period, probability }) => ({
        tempoBpm: roundTo(rowsPerMinute / period, 2),
        confidence: roundTo(probability, 3),
      })),
      steady: local.steady,
      tempoCurve: { stepSeconds: CURVE_STEP_SECONDS, tempoBpm: tempoCurve(local, curves.rowsPerSecond) },
      beatsPerBar: meter.beatsPerBar,
      meter: { name: meter.name, confidence: roundTo(confidence, 3) },
      beatsSeconds: beats.map((beat) => roundTo(beat, 3)),
      downbeatsSeconds: downbeats.map((i) => roundTo(beats[i] ?? 0, 3)),
      onsets: packStrength(
        beatStrength(curves),
        curves.rowsPerSecond,
        curves.offsetSeconds - ONSET_DELAY_SECONDS,
      ),
    },
    grid: { beats, downbeats, features },
  }
}

/** Where the whole track does not repeat at one tempo, its middle may: a tempo that slides. */
function tempoGuesses(curves: RhythmCurves, runtime: KernelRuntime): RankedTempo[] {
  const guesses = rankTempos(curves, measureRepetition(curves, runtime))
  if (guesses.length > 0) return guesses
  const middle = middleOf(curves, MIDDLE_SECONDS)
  const repetition = measureRepetition(middle, runtime)
  return rankTempos(middle, repetition, MIN_PULSE_OF_MIDDLE)
}

/** Finds the bars, and counts the beats of odd ones from their start. */
function barredBeats(tracked: number[], curves: RhythmCurves, tones: Tones, spectrum: TrackSpectrum) {
  const pulses = pulsesOf(tracked)
  const features = featuresOfBeats(pulses, curves, tones, spectrum)
  const { meter, confidence, pulsesPerBar, firstDownbeat } = findBars(features)
  const places = beatPlaces(features, pulsesPerBar, firstDownbeat)
  const placeOf = (pulse: number) => (pulse - firstDownbeat + pulsesPerBar) % pulsesPerBar
  const chosen = [...pulses.keys()].filter((pulse) => places.includes(placeOf(pulse)))
  const beats = chosen.map((pulse) => pulses[pulse] ?? 0)
  return {
    meter,
    confidence,
    beats,
    features: beats.length === pulses.length ? features : featuresOfBeats(beats, curves, tones, spectrum),
    downbeats: [...chosen.keys()].filter((i) => placeOf(chosen[i] ?? 0) === 0),
  }
}

function beatTimes(curves: RhythmCurves, local: LocalPeriods): number[] {
  const strength = beatStrength(curves)
  const sounding = (row: number) => (strength[row] ?? 0) > 0
  const rows = trackBeats(strength, local.periods)
  const first = rows.findIndex(sounding)
  const last = rows.findLastIndex(sounding)
  const line = smoothBeats(rows.slice(Math.max(0, first), last + 1), strength, local.steady)
  const times = line.map((row) => row / curves.rowsPerSecond + curves.offsetSeconds - ONSET_DELAY_SECONDS)
  return Array.from(times).filter((seconds) => seconds >= 0)
}

function tempoCurve({ periods }: LocalPeriods, rowsPerSecond: number): number[] {
  const step = CURVE_STEP_SECONDS * rowsPerSecond
  return Array.from({ length: Math.ceil(periods.length / step) }, (_, i) =>
    roundTo((60 * rowsPerSecond) / (periods[i * step] ?? 1), 2),
  )
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort()
  return sorted[sorted.length >> 1] ?? 1
}
