import type { BeatFeatures } from './beat-features.ts'
import { standardised } from './standardised.ts'

/** Bars are looked for on half beats, because a bar of 7/8 ends between two beats. */
export const PULSES_PER_BEAT = 2

/** Beats and the middles between them. */
export function pulsesOf(beats: readonly number[]): number[] {
  return beats.flatMap((beat, i) => {
    const next = beats[i + 1]
    return next === undefined ? [beat] : [beat, (beat + next) / 2]
  })
}

/** Ways to count seven eighths. */
const GROUPINGS: readonly (readonly number[])[] = [
  [0, 2, 4],
  [0, 3, 5],
  [0, 2, 5],
]

/** Where the beats of a bar stand, in pulses from its start: every second one, or the groups of an odd bar. */
export function beatPlaces(features: BeatFeatures, pulsesPerBar: number, firstDownbeat: number): number[] {
  if (pulsesPerBar % PULSES_PER_BEAT === 0) {
    return Array.from({ length: pulsesPerBar / PULSES_PER_BEAT }, (_, i) => i * PULSES_PER_BEAT)
  }
  const accents = [features.low, features.mid].map(standardised)
  const strengths = Array.from({ length: pulsesPerBar }, () => 0)
  for (const accent of accents) {
    for (const [i, value] of accent.entries()) {
      const place = (i - firstDownbeat + pulsesPerBar) % pulsesPerBar
      strengths[place] = (strengths[place] ?? 0) + value
    }
  }
  const worth = GROUPINGS.map((places) => places.reduce((sum, place) => sum + (strengths[place] ?? 0), 0))
  return [...(GROUPINGS[worth.indexOf(Math.max(...worth))] ?? [])]
}
