import { type Component, componentsOf } from '../activity.ts'
import type { Fused } from '../fuse.ts'
import { columnsAt } from '../observed.ts'
import { type PlayingTrack, playingTracks } from '../playing-tracks.ts'
import { misfitOf, unmix } from '../unmix.ts'

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

/** How clearly each muted track is heard although it should not be: by how much the mix is explained better with it. */
export function heardAlthoughMuted(fused: Fused): Presence[] {
  const { observed, clock, offset, tracks, unmixed } = fused
  const columns = columnsAt(observed, offset.seconds)
  const muted = playingTracks(fused.set).filter(({ audible }) => !audible)
  if (muted.length === 0) return []
  const without = misfitOf(observed, unmix(observed, unmixed.components, SHORT_FIT_ROUNDS))
  return muted.slice(0, MOST_TRACKS).map((playing) => {
    const own = componentsOf([playing], clock, columns).map((component) => ({
      ...component,
      track: tracks.length,
    }))
    const fitted = unmix(observed, [...unmixed.components, ...own], SHORT_FIT_ROUNDS)
    const liftDb = liftOf({ ...fused, unmixed: fitted }, tracks.length)
    return { playing, gain: without - misfitOf(observed, fitted), liftDb }
  })
}
