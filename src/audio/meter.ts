import type { BeatFeatures } from './beat-features.ts'
import { PULSES_PER_BEAT } from './pulses.ts'
import { meanAt, standardised } from './standardised.ts'

/** Meters that are considered, in beats at the tempo: seven eighths last three and a half. */
export const METERS = [
  { name: '4/4', beatsPerBar: 4 },
  { name: '3/4', beatsPerBar: 3 },
  { name: '5/4', beatsPerBar: 5 },
  { name: '7/8', beatsPerBar: 3.5 },
] as const
export type Meter = (typeof METERS)[number]

/** How much each cue counts, and by how much another meter must beat 4/4, in which most music stands. */
const WEIGHTS = { onsets: 1, downbeat: 0.2, harmony: 0.2, other: -0.1 }
/** Turns a lead into odds. */
const SHARPNESS = 15

/** The meter after which onsets and harmony resemble themselves most. @param changes of harmony, at each pulse */
export function guessMeter(
  features: BeatFeatures,
  changes: readonly number[],
): { meter: Meter; confidence: number } {
  const onsets = [features.low, features.mid, features.high].map(standardised)
  const cues = METERS.map((meter) => meterCues(onsets, changes, meter.beatsPerBar * PULSES_PER_BEAT))
  const scores = cues.map(
    (cue, i) =>
      WEIGHTS.onsets * cue.onsets +
      WEIGHTS.downbeat * cue.downbeat +
      WEIGHTS.harmony * cue.harmony +
      (i === 0 ? 0 : WEIGHTS.other),
  )
  const highest = Math.max(...scores)
  const total = scores.reduce((sum, score) => sum + Math.exp(SHARPNESS * (score - highest)), 0)
  return { meter: METERS[scores.indexOf(highest)] ?? METERS[0], confidence: 1 / total }
}

/** Likeness of onsets and of changes of harmony one and two bars later, and how much one place of the bar leads. */
export function meterCues(onsets: readonly number[][], changes: readonly number[], pulsesPerBar: number) {
  const alike = (values: readonly number[]) =>
    (resemblance(values, pulsesPerBar) + resemblance(values, 2 * pulsesPerBar)) / 2
  const places = Array.from({ length: pulsesPerBar }, (_, phase) => meanAt(changes, phase, pulsesPerBar))
  return {
    onsets: onsets.reduce((sum, curve) => sum + alike(curve), 0) / onsets.length,
    downbeat: Math.max(...places),
    harmony: alike(standardised(changes)),
  }
}

function resemblance(values: readonly number[], lag: number): number {
  if (values.length <= lag) return 0
  let sum = 0
  for (let i = lag; i < values.length; i++) sum += (values[i] ?? 0) * (values[i - lag] ?? 0)
  return sum / (values.length - lag)
}
