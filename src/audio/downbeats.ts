import type { BeatFeatures } from './beat-features.ts'
import { guessMeter, type Meter } from './meter.ts'
import { PULSES_PER_BEAT } from './pulses.ts'
import { meanAt, standardised } from './standardised.ts'

/** What a downbeat shows, and how much each counts. */
const WEIGHTS = { harmony: 1, bass: 1, section: 1, kick: 0.5, snare: -0.5 }
/** Stretches on either side that a change is measured over. */
const HARMONY_PULSES = 2 * PULSES_PER_BEAT
const SECTION_PULSES = 8 * PULSES_PER_BEAT

/** Drums are there where the places of a bar differ by more than this, in spreads. */
const DRUMMED = 0.85
const AS_STRONG = 0.8

export interface Bars {
  meter: Meter
  /** Probability of the meter among those that are considered. */
  confidence: number
  /** Pulses from the start of one bar to the next. */
  pulsesPerBar: number
  /** Index of the first downbeat among the pulses. */
  firstDownbeat: number
}

/** Guesses the meter and the first beat of the bar from what repeats, and from where harmony, bass and sections change. */
export function findBars(features: BeatFeatures): Bars {
  const harmony = standardised(changes(features.chroma, HARMONY_PULSES))
  const bass = standardised(changes(features.bassChroma, HARMONY_PULSES))
  const { meter, confidence } = guessMeter(features, sumOf(harmony, bass))
  const evidence = downbeatEvidence(features, harmony, bass)
  const pulsesPerBar = meter.beatsPerBar * PULSES_PER_BEAT
  const even = pulsesPerBar % PULSES_PER_BEAT === 0
  // A bar begins on a beat, but for meters whose beats do not stay on every second pulse.
  const firstDownbeat = strongestPhase(evidence, pulsesPerBar, even ? PULSES_PER_BEAT : 1)
  const late = even && isHalfBeatLate(features, sumOf(harmony, bass), pulsesPerBar, firstDownbeat)
  return {
    meter,
    confidence,
    pulsesPerBar,
    firstDownbeat: late ? (firstDownbeat + pulsesPerBar - 1) % pulsesPerBar : firstDownbeat,
  }
}

function strongestPhase(evidence: readonly number[], pulsesPerBar: number, step: number): number {
  const phases = Array.from({ length: pulsesPerBar / step }, (_, i) => i * step)
  const means = phases.map((phase) => meanAt(evidence, phase, pulsesPerBar))
  return phases[means.indexOf(Math.max(...means))] ?? 0
}

/**
 * Whether the beats found are really the middles between beats: no drum tells them apart, and chords change half a beat
 * before. Soft chords are heard late, never early.
 */
function isHalfBeatLate(
  features: BeatFeatures,
  harmony: number[],
  period: number,
  downbeat: number,
): boolean {
  const curves = [features.low, features.mid, features.high].map(standardised)
  const contrast = curves.reduce((sum, curve) => sum + rangeOverBar(curve, period), 0) / curves.length
  if (contrast > DRUMMED) return false
  const before = (downbeat + period - 1) % period
  return meanAt(harmony, before, period) > AS_STRONG * meanAt(harmony, downbeat, period)
}

function rangeOverBar(values: readonly number[], period: number): number {
  const places = Array.from({ length: period }, (_, phase) => meanAt(values, phase, period))
  return Math.max(...places) - Math.min(...places)
}

/** How much speaks for each pulse being the first of a bar. */
function downbeatEvidence(features: BeatFeatures, harmony: number[], bass: number[]): number[] {
  const section = standardised(changes(features.bands, SECTION_PULSES))
  const kick = standardised(features.low)
  const snare = standardised(features.mid)
  return harmony.map(
    (value, i) =>
      WEIGHTS.harmony * value +
      WEIGHTS.bass * (bass[i] ?? 0) +
      WEIGHTS.section * (section[i] ?? 0) +
      WEIGHTS.kick * (kick[i] ?? 0) +
      WEIGHTS.snare * (snare[i] ?? 0),
  )
}

/** Distance of the mean of what follows each pulse from the mean of what came before it. */
function changes(rows: readonly Float64Array[], pulses: number): number[] {
  const width = rows[0]?.length ?? 0
  const sums = new Float64Array((rows.length + 1) * width)
  for (const [i, row] of rows.entries()) {
    for (let k = 0; k < width; k++) sums[(i + 1) * width + k] = (sums[i * width + k] ?? 0) + (row[k] ?? 0)
  }
  return rows.map((_, i) => {
    const from = Math.max(0, i - pulses)
    const to = Math.min(rows.length, i + pulses)
    if (from === i) return 0
    let square = 0
    for (let k = 0; k < width; k++) {
      const here = sums[i * width + k] ?? 0
      const before = (here - (sums[from * width + k] ?? 0)) / (i - from)
      const after = ((sums[to * width + k] ?? 0) - here) / (to - i)
      square += (before - after) ** 2
    }
    return Math.sqrt(square)
  })
}

function sumOf(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, i) => value + (b[i] ?? 0))
}
