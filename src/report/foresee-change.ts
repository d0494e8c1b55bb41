import type { LiveSet, SetTrack } from '../als/contract.ts'
import { BANDS } from '../audio/seven-bands.ts'
import { createBarGrid } from '../fusion/bar-grid.ts'
import { type BeatClock, createBeatClock } from '../fusion/beat-clock.ts'
import { bandsWithin } from '../fusion/culprits/correlations.ts'
import { membersOf } from '../fusion/culprits/suspects.ts'
import type { Fused } from '../fusion/fuse.ts'
import { columnsIn } from '../fusion/observed.ts'
import { soundingClips } from '../fusion/played-notes.ts'
import { powersIn } from '../fusion/unmix.ts'
import type { SetChange } from '../set-diff/contract.ts'

export interface Span {
  startSeconds: number
  endSeconds: number
}

/** What a change of the set should do to the mix, as far as the set tells. */
export interface Foreseen {
  /** null: it makes no sound. */
  about: 'sound' | 'stereo' | 'length' | null
  /** Up or down: of level, or of the likeness of left and right; 0 when the set does not tell. */
  sign: -1 | 0 | 1
  /** When it sounds, s of the file of this version; null: throughout. */
  spans: Span[] | null
  side: 'newer' | 'earlier'
  /** Part of the sound of each of the seven bands that runs through what was changed, 0…1; null when not known. */
  shares: number[] | null
  /** By how much it was turned, dB, in each of the seven bands; null when that is not a matter of dB. */
  turnedDb: number[] | null
}

/** One version: its set, and where its file begins in it; null when the file could not be laid over the set. */
export interface EarlierSet {
  set: LiveSet
  offsetSeconds: number | null
}

export interface SetVersion extends EarlierSet {
  fused: Fused | null
}

const SILENT: ReadonlySet<SetChange['kind']> = new Set([
  'scale',
  'locator-added',
  'locator-removed',
  'locator-moved',
  'track-renamed',
  'track-moved',
])
/** Settings in dB that make everything behind them as much louder. */
const GAINS: ReadonlySet<string> = new Set([
  'volumeDb',
  'gainDb',
  'outputGainDb',
  'globalGainDb',
  'makeupDb',
  'driveDb',
  'ceilingDb',
])
const OCTAVES_OF_A_BELL = 1
const FARTHEST_DB = 60

export function foresee(change: SetChange, newer: SetVersion, earlier: SetVersion): Foreseen {
  const about = aboutOf(change)
  const isGone = change.trackIndex === null || change.kind === 'clip-removed'
  const side = isGone ? 'earlier' : 'newer'
  const version = isGone ? earlier : newer
  const track = trackOf(change, newer, earlier, isGone)
  const shares = track === null || isGone ? null : sharesOf(newer.fused, track)
  return {
    about,
    sign: signOf(change),
    side,
    spans: track === null ? null : spansOf(change, track, version),
    shares,
    turnedDb: turnedDbOf(change, track),
  }
}

function aboutOf({ kind, what }: SetChange): Foreseen['about'] {
  if (SILENT.has(kind) || (kind === 'clip-changed' && what === 'name')) return null
  if (kind === 'tempo' || kind === 'time-signature') return 'length'
  return what === 'pan' || what === 'width' || what === 'mono' || what === 'bassMono' ? 'stereo' : 'sound'
}

function signOf({ kind, what, before, after }: SetChange): -1 | 0 | 1 {
  if (kind === 'track-added' || kind === 'clip-added') return 1
  if (kind === 'track-removed' || kind === 'clip-removed') return -1
  if (what === 'muted') return after === true ? -1 : 1
  if (what === 'mono' || what === 'bassMono') return after === true ? 1 : -1
  if (what === 'on' && typeof after === 'boolean') return 0
  const isLevel = kind === 'send' || (what !== null && (GAINS.has(what) || what.endsWith('.gainDb')))
  if (isLevel) return risen(before, after)
  // Wider is less alike.
  return what === 'width' && typeof before === 'number' && typeof after === 'number' && before !== after
    ? after > before
      ? -1
      : 1
    : 0
}

/** null is −∞ dB. */
function risen(before: SetChange['before'], after: SetChange['after']): -1 | 0 | 1 {
  const level = (value: SetChange['before']) =>
    typeof value === 'number' ? value : value === null ? Number.NEGATIVE_INFINITY : 0
  return level(after) > level(before) ? 1 : level(after) < level(before) ? -1 : 0
}

function trackOf(
  { trackIndex, trackName }: SetChange,
  newer: SetVersion,
  earlier: SetVersion,
  isGone: boolean,
): SetTrack | null {
  const now = trackIndex === null ? null : (newer.set.tracks[trackIndex] ?? null)
  if (!isGone) return now
  const { tracks } = earlier.set
  return (
    tracks.find(({ id }) => now !== null && id !== null && id === now.id) ??
    tracks.find(({ name }) => name === trackName) ??
    null
  )
}

/** Where the clip, or else the whole track, sounds in the file; null for buses, and where that is not known. */
function spansOf(change: SetChange, track: SetTrack, { set, offsetSeconds }: SetVersion): Span[] | null {
  const clock = createBeatClock(set)
  if (clock === null || offsetSeconds === null || (track.kind !== 'audio' && track.kind !== 'midi'))
    return null
  const all = soundingClips(track)
  const bars = createBarGrid(set)
  const own =
    change.clipName === null || change.bar === null
      ? all
      : all.filter(
          ({ name, startBeat }) => name === change.clipName && bars.placeOf(startBeat).bar === change.bar,
        )
  return (own.length > 0 ? own : all).map((clip) => inFile(clip, clock, offsetSeconds))
}

function inFile(
  { startBeat, endBeat }: { startBeat: number; endBeat: number },
  clock: BeatClock,
  offsetSeconds: number,
): Span {
  return {
    startSeconds: clock.secondsOf(startBeat) - offsetSeconds,
    endSeconds: clock.secondsOf(endBeat) - offsetSeconds,
  }
}

function sharesOf(fused: Fused | null, track: SetTrack): number[] | null {
  if (fused === null) return null
  const own = fused.tracks.findIndex((playing) => playing.track === track)
  const members = own >= 0 ? [own] : membersOf(fused.tracks, track)
  if (members.length === 0) return null
  const columns = columnsIn(fused.observed, [])
  return BANDS.map(({ fromHz, toHz }) => {
    const { tracks, all } = powersIn(
      fused.unmixed,
      fused.tracks.length,
      bandsWithin(fused, fromHz, toHz),
      columns,
    )
    const power = members.reduce((sum, member) => sum + (tracks[member] ?? 0), 0)
    return Math.min(1, power / Math.max(1e-15, all))
  })
}

function turnedDbOf({ kind, what, before, after }: SetChange, track: SetTrack | null): number[] | null {
  if (what === 'muted') return BANDS.map(() => (after === true ? -FARTHEST_DB : FARTHEST_DB))
  if (kind === 'send' || what === null || typeof before !== 'number' || typeof after !== 'number') return null
  if (GAINS.has(what)) return BANDS.map(() => after - before)
  if (!what.endsWith('.gainDb')) return null
  const hz = bandHz(what, track)
  if (hz === null) return null
  return BANDS.map(({ fromHz, toHz }) =>
    Math.abs(Math.log2(Math.sqrt(fromHz * toHz) / hz)) <= OCTAVES_OF_A_BELL || (hz >= fromHz && hz <= toHz)
      ? after - before
      : 0,
  )
}

/** Frequency of "band3.gainDb" in the newer set. */
function bandHz(what: string, track: SetTrack | null): number | null {
  const number = Number(/^band(\d+)/.exec(what)?.[1])
  const bands = (track?.devices ?? []).flatMap(({ parameters }) =>
    Array.isArray(parameters.bands) ? parameters.bands : [],
  )
  return bands.find(({ band }) => band === number)?.freqHz ?? null
}
