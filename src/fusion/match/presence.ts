import { type Component, componentsOf } from '../activity.ts'
import { bandsWithin } from '../culprits/correlations.ts'
import { WIDE_BANDS } from '../culprits/evidence.ts'
import type { Fused } from '../fuse.ts'
import { columnsAt, columnsIn } from '../observed.ts'
import { type PlayingTrack, playingTracks } from '../playing-tracks.ts'
import { bandMisfits, misfitOf, powersIn, unmix } from '../unmix.ts'

/** Each look costs one fit: sets of more tracks are looked at in part. */
const MOST_TRACKS = 24
const SHORT_FIT_ROUNDS = 12

export interface Presence {
  playing: PlayingTrack
  /** By how much the mix is explained better with the track than without it, nats per value; near 0: it is not heard. */
  gain: number
  /** Power of what follows it against what such a part usually has, dB. */
  liftDb: number
}

/** How clearly each track that should sound is heard. */
export function presenceOf(fused: Fused): Presence[] {
  const { observed, unmixed, tracks } = fused
  const { components } = unmixed
  const misfitWith = (list: readonly Component[]) =>
    misfitOf(observed, unmix(observed, list, SHORT_FIT_ROUNDS))
  const withAll = misfitWith(components)
  return tracks.slice(0, MOST_TRACKS).map((playing, track) => ({
    playing,
    gain: misfitWith(components.filter((component) => component.track !== track)) - withAll,
    liftDb: liftOf(fused, track),
  }))
}

function liftOf({ unmixed, observed }: Fused, track: number): number {
  const bands = observed.bandsHz.length
  let power = 1e-12
  let usual = 1e-12
  for (const [k, component] of unmixed.components.entries()) {
    if (component.track !== track) continue
    for (let at = 0; at < component.levels.length; at++) {
      const level = component.levels[at] ?? 0
      power += level * (unmixed.gains[k * bands + (at % bands)] ?? 0)
      usual += level * (unmixed.usualGains[k * bands + (at % bands)] ?? 0)
    }
  }
  return 10 * Math.log10(power / usual)
}

/** A track that should not be heard. */
export interface HeardMuted extends Presence {
  /** By how much the mix is explained better with it in three neighbouring thirds of an octave, where it is most. */
  bandGain: number
  /** Largest part that it would have in any of the wide bands, 0…1. */
  widestShare: number
}

/** How clearly each muted track is heard although it should not be: by how much the mix is explained better with it. */
export function heardAlthoughMuted(fused: Fused): HeardMuted[] {
  const { observed, clock, offset, tracks, unmixed } = fused
  const columns = columnsAt(observed, offset.seconds)
  const muted = playingTracks(fused.set).filter(({ audible }) => !audible)
  if (muted.length === 0) return []
  const bare = unmix(observed, unmixed.components, SHORT_FIT_ROUNDS)
  const without = misfitOf(observed, bare)
  const bandsWithout = bandMisfits(observed, bare)
  return muted.slice(0, MOST_TRACKS).map((playing) => {
    const own = componentsOf([playing], clock, columns).map((component) => ({
      ...component,
      track: tracks.length,
    }))
    const fitted = unmix(observed, [...unmixed.components, ...own], SHORT_FIT_ROUNDS)
    const liftDb = liftOf({ ...fused, unmixed: fitted }, tracks.length)
    const bandsWith = bandMisfits(observed, fitted)
    return {
      playing,
      gain: without - misfitOf(observed, fitted),
      liftDb,
      bandGain: highestOfThree(bandsWithout.map((misfit, band) => misfit - (bandsWith[band] ?? 0))),
      widestShare: widestShareOf({ ...fused, unmixed: fitted }, tracks.length),
    }
  })
}

/** Highest mean of three neighbours. */
function highestOfThree(values: Float64Array): number {
  let highest = Number.NEGATIVE_INFINITY
  for (let at = 1; at < values.length - 1; at++)
    highest = Math.max(highest, ((values[at - 1] ?? 0) + (values[at] ?? 0) + (values[at + 1] ?? 0)) / 3)
  return highest
}

function widestShareOf(fused: Fused, track: number): number {
  const columns = columnsIn(fused.observed, [])
  const shares = WIDE_BANDS.map(([fromHz, toHz]) => {
    const { tracks, all } = powersIn(fused.unmixed, track + 1, bandsWithin(fused, fromHz, toHz), columns)
    return (tracks[track] ?? 0) / Math.max(1e-15, all)
  })
  return Math.max(...shares)
}
