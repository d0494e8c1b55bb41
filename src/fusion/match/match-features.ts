import type { Fused } from '../fuse.ts'
import type { Observed } from '../observed.ts'
import { misfitOf } from '../unmix.ts'
import { bassAgreement } from './bass-notes.ts'
import { keyAgreement } from './key-agreement.ts'
import { type WindowFit, windowFits } from './places-in-set.ts'
import { type HeardMuted, heardAlthoughMuted, type Presence, presenceOf } from './presence.ts'
import { contradictedShare, levelsOffDb } from './stretches.ts'
import { type TempoAgreement, tempoAgreement } from './tempo-agreement.ts'
import { transpositionGain } from './transpositions.ts'

/** Longer than this behind the last clip, a tail is not a tail. */
const LONGEST_TAIL_SECONDS = 10

export type MatchFeatures = Readonly<Record<string, number>>

/** What was looked up for the judgement, for words as well as for numbers. */
export interface MatchFacts {
  tempo: TempoAgreement | null
  /** −1…1, null without notes or a clear key. */
  key: number | null
  presences: Presence[]
  muted: HeardMuted[]
  windows: WindowFit[]
  transposition: { semitones: number; gain: number } | null
  /** −1…1, null without a tune in the bass. */
  bass: number | null
  /** 0…1: part of what the tracks explain that speaks against them where they play. */
  contradicted: number
  /** dB: how far band levels of four bars stray from what the set accounts for. */
  levelsOffDb: number
  /** Part of the movement in the mix that the set accounts for, ≤ 1. */
  explained: number
  /** Seconds of the file behind the end of the arrangement and a tail. */
  overhangSeconds: number
}

export function gatherFacts(fused: Fused): MatchFacts {
  const { observed, unmixed, offset, clock, audio } = fused
  const still = observed.powers.map((_, at) => observed.means[at % observed.bandsHz.length] ?? 0)
  return {
    tempo: tempoAgreement(fused),
    key: keyAgreement(fused.tracks, audio.tonality),
    presences: presenceOf(fused),
    muted: heardAlthoughMuted(fused),
    windows: windowFits(fused),
    transposition: transpositionGain(fused),
    bass: bassAgreement(fused),
    contradicted: contradictedShare(fused),
    levelsOffDb: levelsOffDb(fused),
    explained: 1 - misfitOf(observed, unmixed) / Math.max(1e-6, misfitOf(observed, { model: still })),
    overhangSeconds: Math.max(
      0,
      offset.seconds + audio.source.durationSeconds - clock.lengthSeconds - LONGEST_TAIL_SECONDS,
    ),
  }
}

/** Numbers of about −2…2, each a reason to believe or to doubt. */
export function matchFeatures({ observed, unmixed }: Fused, facts: MatchFacts): MatchFeatures {
  const { tempo, key, presences, windows } = facts
  const errors = errorShares(observed, unmixed.model)
  const moved = windows.map(({ here, best }) => here - best)
  const slips = windows.map(({ slipSeconds }) => Math.abs(slipSeconds))
  return {
    explained: facts.explained,
    tempoOff: Math.tanh((tempo?.offPercent ?? 0.3) / 0.6),
    beatOff: 1 - (tempo?.beatStrength ?? 0.8),
    slip: Math.tanh(mean(slips) / 0.1),
    slipped: mean(slips.map((slip) => (slip > 0 ? 1 : 0))),
    key: key ?? 0.1,
    wrongKey: Math.max(0, -(key ?? 0)),
    transposed: Math.max(-1, Math.min(1, (facts.transposition?.gain ?? -0.01) / 0.02)),
    bass: facts.bass ?? 0.1,
    wrongBass: Math.max(0, -(facts.bass ?? 0)),
    contradicted: facts.contradicted,
    levelsOff: Math.min(3, facts.levelsOffDb / 5),
    unheard: presences.reduce((least, { gain }) => Math.min(least, strengthOf(gain)), 3),
    unheardLift:
      presences.reduce((least, { gain, liftDb }) => Math.min(least, gain < UNHEARD ? liftDb : 0), 0) / 10,
    unmuted: facts.muted.reduce((most, { gain }) => Math.max(most, strengthOf(gain)), 0),
    ...mutedFeatures(facts.muted),
    moved: Math.tanh(mean(moved) / 0.04),
    movedMost: Math.tanh(Math.max(0, ...moved) / 0.15),
    movedOften: mean(moved.map((gain) => (gain > 0.03 ? 1 : 0))),
    overhang: Math.min(2, facts.overhangSeconds / 10),
    more: errors.more,
    less: errors.less,
  }
}

/** The muted track that stands out most in a band. */
function mutedFeatures(muted: readonly HeardMuted[]): { mutedBand: number; mutedShare: number } {
  const [clearest] = muted.filter(({ bandGain }) => bandGain > 0).sort((a, b) => b.bandGain - a.bandGain)
  return { mutedBand: strengthOf(clearest?.bandGain ?? 0), mutedShare: clearest?.widestShare ?? 0 }
}

/** Below this gain (nats per value) a track may as well be absent. */
export const UNHEARD = 0.01

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/** 0 below a thousandth of a nat per value, 1 at a hundredth, 2 at a tenth. */
const strengthOf = (gain: number) => Math.max(0, Math.log10(Math.max(1e-9, gain) / 1e-3))

const FAR_RATIO = 8

/** Parts of band and time where far more is heard than the set accounts for, and far less. */
function errorShares({ powers }: Observed, model: Float64Array): { more: number; less: number } {
  let more = 0
  let less = 0
  for (let at = 0; at < powers.length; at++) {
    const ratio = ((powers[at] ?? 0) + 1e-11) / ((model[at] ?? 0) + 1e-11)
    if (ratio > FAR_RATIO) more++
    if (ratio < 1 / FAR_RATIO) less++
  }
  return { more: more / powers.length, less: less / powers.length }
}
