import { beatAgreement } from '../find-offset.ts'
import type { Fused } from '../fuse.ts'

/** Measured tempo and the set's may count different beats of the same music. */
const RATIOS = [1, 2, 1 / 2, 3, 1 / 3, 3 / 2, 2 / 3, 4 / 3, 3 / 4]
const FAR_PERCENT = 3

export interface TempoAgreement {
  /** The tempo of the set where the file begins, BPM. */
  setBpm: number
  heardBpm: number
  /** Distance of the two, metrical relatives counting as equal, percent, at most 3. */
  offPercent: number
  /** 0…1: how regularly the beats of the file fall on the same place of the set's beats. */
  beatStrength: number
}

/** @returns null when no tempo was heard */
export function tempoAgreement({ audio, clock, offset }: Fused): TempoAgreement | null {
  const { rhythm } = audio
  if (!rhythm) return null
  const middle = offset.seconds + audio.source.durationSeconds / 2
  const beat = clock.beatOf(Math.max(0, middle))
  const setBpm = 60 / (clock.secondsOf(beat + 1) - clock.secondsOf(beat))
  const offPercent = Math.min(
    FAR_PERCENT,
    ...RATIOS.map((ratio) => 100 * Math.abs((rhythm.tempoBpm * ratio) / setBpm - 1)),
  )
  return {
    setBpm,
    heardBpm: rhythm.tempoBpm,
    offPercent,
    beatStrength: beatAgreement(offset.seconds, clock, rhythm).strength,
  }
}
