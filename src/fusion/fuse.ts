import type { LiveSet } from '../als/contract.ts'
import type { AudioMeasures } from '../audio/contract.ts'
import { componentsOf } from './activity.ts'
import { type BarGrid, createBarGrid } from './bar-grid.ts'
import { type BeatClock, createBeatClock } from './beat-clock.ts'
import { findOffset, type Offset } from './find-offset.ts'
import { nameBySound } from './name-by-sound.ts'
import { columnsAt, type Observed, observe } from './observed.ts'
import { longestPlaying, type PlayingTrack, playingTracks } from './playing-tracks.ts'
import { type Unmixed, unmix } from './unmix.ts'

/** A set laid over its mix: the ground that every judgement of both stands on. */
export interface Fused {
  set: LiveSet
  audio: AudioMeasures
  observed: Observed
  clock: BeatClock
  bars: BarGrid
  offset: Offset
  tracks: readonly PlayingTrack[]
  unmixed: Unmixed
  /** Tracks that sound and are left out, because there are too many. */
  leftOut: number
}

/** Length of a set in columns of the mix's spectrogram (400 in most files): thirty times the mix. */
const MOST_COLUMNS = 12_000

/**
 * @returns null when there is nothing to lay over: a silent mix, a set without tempo or arrangement, or one that is more
 * than thirty times as long as the mix
 */
export function fuse(set: LiveSet, audio: AudioMeasures): Fused | null {
  const observed = observe(audio)
  const clock = createBeatClock(set)
  const tracks = playingTracks(set)
  const sounding = tracks.filter((track) => track.audible)
  const audible = longestPlaying(sounding)
  if (observed === null || clock === null || audible.length === 0) return null
  // A clip far out would ask for gigabytes: each column holds thirty bands of every track.
  if (clock.lengthSeconds / observed.stepSeconds > MOST_COLUMNS) return null
  const offset = findOffset(observed, audible, clock, set, audio.rhythm ?? null)
  const columns = columnsAt(observed, offset.seconds)
  const first = unmix(observed, componentsOf(audible, clock, columns))
  const named = nameBySound(audible, first, observed.bandsHz)
  const unmixed = named === null ? first : unmix(observed, componentsOf(named, clock, columns))
  return {
    set,
    audio,
    observed,
    clock,
    bars: createBarGrid(set),
    offset,
    tracks: named ?? audible,
    unmixed,
    leftOut: sounding.length - audible.length,
  }
}
