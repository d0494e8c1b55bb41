import type { BeatFeatures } from './beat-features.ts'

/** Bars that are considered, in beats. */
const METERS = [4, 3, 5] as const
/** Most music has four beats to the bar: others must repeat better by this much. */
const METER_LEAD = 0.12
const WEIGHTS = { harmony: 1, bass: 1, section: 1, kick: 0.5, snare: -0.5 }
/** Beats on either side that a change is measured over. */
const HARMONY_BEATS = 2
const SECTION_BEATS = 8

export interface Bars {
  beatsPerBar: number
  /** Index of the first downbeat among the beats. */
  firstDownbeat: number
}

/** Guesses the meter and the first beat of the bar from where harmony, bass and sections change. */
export function findBars(features: BeatFeatures): Bars {
  const evidence = downbeatEvidence(features)
  const beatsPerBar = guessMeter(features)
  const means = Array.from({ length: beatsPerBar }, (_, phase) => meanAt(evidence, phase, beatsPerBar))
  return { beatsPerBar, firstDownbeat: means.indexOf(Math.max(...means)) }
}

/** How much speaks for each beat being the first of a bar. */
function downbeatEvidence(features: BeatFeatures): number[] {
  const harmony = standardised(changes(features.chroma, HARMONY_BEATS))
  const bass = standardised(changes(features.bassChroma, HARMONY_BEATS))
  const section = standardised(changes(features.bands, SECTION_BEATS))
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

/** Distance of what follows each beat from what came before it. */
export function changes(values: readonly Float64Array[], beats: number): number[] {
  return values.map((_, i) => {
    const before = meanOf(values.slice(Math.max(0, i - beats), i))
    const after = meanOf(values.slice(i, i + beats))
    if (before === null || after === null) return 0
    return Math.sqrt(before.reduce((sum, value, k) => sum + (value - (after[k] ?? 0)) ** 2, 0))
  })
}

function meanOf(rows: readonly Float64Array[]): Float64Array | null {
  const [first] = rows
  if (first === undefined) return null
  return first.map((_, k) => rows.reduce((sum, row) => sum + (row[k] ?? 0), 0) / rows.length)
}

export function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const spread = Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length),
  )
  return values.map((value) => (spread > 0 ? (value - mean) / spread : 0))
}

/** The bar after which drums, bass and harmony resemble themselves most. */
function guessMeter(features: BeatFeatures): number {
  let best: number = METERS[0]
  let strength = Number.NEGATIVE_INFINITY
  for (const meter of METERS) {
    const value = barRepetition(features, meter) - (meter === METERS[0] ? 0 : METER_LEAD)
    if (value > strength) {
      strength = value
      best = meter
    }
  }
  return best
}

function barRepetition(features: BeatFeatures, meter: number): number {
  const curves = [features.low, features.mid, features.high].map(standardised)
  const likeness = curves.map((curve) => (resemblance(curve, meter) + resemblance(curve, 2 * meter)) / 2)
  return likeness.reduce((sum, value) => sum + value, 0) / likeness.length
}

function resemblance(values: number[], lag: number): number {
  if (values.length <= lag) return 0
  let sum = 0
  for (let i = lag; i < values.length; i++) sum += (values[i] ?? 0) * (values[i - lag] ?? 0)
  return sum / (values.length - lag)
}

function meanAt(values: number[], phase: number, meter: number): number {
  const here = values.filter((_, i) => i % meter === phase)
  return here.reduce((sum, value) => sum + value, 0) / Math.max(1, here.length)
}
