import type { LiveSet } from '../als/contract.ts'
import type { Rhythm } from '../audio/contract.ts'
import { type Columns, type Component, componentsOf } from './activity.ts'
import type { BeatClock } from './beat-clock.ts'
import { unforeseenShare } from './coverage.ts'
import { columnsAt, type Observed } from './observed.ts'
import type { PlayingTrack } from './playing-tracks.ts'
import { misfitOf, unmix } from './unmix.ts'

/** Silence that may stand before the first sound of a bounce. */
const LONGEST_LEAD_SECONDS = 12
/** Tail that may ring on behind the last clip. */
const LONGEST_TAIL_SECONDS = 12
/** Places that are looked at closely. */
const CANDIDATES = 6
/** Quieter than this below the loudest of its band, nothing is compared. */
const DEPTH_DB = 30
/** What a place where bounces usually begin is worth, in correlation. */
const NATURAL_BONUS = 0.03
/** Places where bounces usually begin are looked at closely whatever the outline says; sets have few locators. */
const MOST_NATURAL = 12
const SHORT_FIT_ROUNDS = 8
/** Nats per value that a file costs that sounds throughout while the set is silent. */
const UNFORESEEN_COST = 0.5

/** Where the file begins on the time line of the set. */
export interface Offset {
  /** Seconds of the set at which the file begins; negative when the file begins with silence. */
  seconds: number
  /** −1…1: likeness of what the set predicts and what is heard there. */
  likeness: number
  /** By how much the next likely place explains the mix worse, nats per value; null when there is no other. */
  lead: number | null
}

interface Predicted {
  columns: Columns
  shape: Float64Array
}

/** The place on the time line of the set where the mix fits best. */
export function findOffset(
  observed: Observed,
  tracks: readonly PlayingTrack[],
  clock: BeatClock,
  set: LiveSet,
  rhythm: Rhythm | null,
): Offset {
  const predicted = predict(observed, tracks, clock)
  const heard = outlines(observed.levelsDb, observed.bandsHz.length)
  const lags = predicted.columns.count - observed.columns
  const likenesses = Array.from({ length: lags + 1 }, (_, lag) =>
    likeness(heard, predicted.shape, lag * observed.bandsHz.length),
  )
  const secondsOf = (lag: number) => predicted.columns.startSeconds + lag * observed.stepSeconds
  const lagOf = (seconds: number) =>
    Math.max(0, Math.min(lags, Math.round((seconds - predicted.columns.startSeconds) / observed.stepSeconds)))
  const natural = naturalStarts(set, clock)
  const worth = likenesses.map((value, lag) =>
    natural.some((seconds) => Math.abs(seconds - secondsOf(lag)) <= observed.stepSeconds)
      ? value + NATURAL_BONUS
      : value,
  )
  const outlined = peaksOf(worth)
    .slice(0, CANDIDATES)
    .map((lag) => settle(secondsOf(lag + vertex(likenesses, lag)), observed, clock, natural, rhythm))
  const [best, next] = [...new Set([...outlined, ...natural.slice(0, MOST_NATURAL)])]
    .map((seconds) => ({ seconds, misfit: misfitAt(observed, tracks, clock, seconds) }))
    .sort((a, b) => a.misfit - b.misfit)
  return {
    seconds: best?.seconds ?? 0,
    likeness: likenesses[lagOf(best?.seconds ?? 0)] ?? 0,
    lead: best === undefined || next === undefined ? null : next.misfit - best.misfit,
  }
}

/** Values that no neighbour exceeds, the highest first. */
function peaksOf(values: readonly number[]): number[] {
  return [...values.keys()]
    .filter((i) => (values[i] ?? 0) >= (values[i - 1] ?? -1) && (values[i] ?? 0) > (values[i + 1] ?? -1))
    .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0))
}

/**
 * How badly the tracks of the set explain the mix if it began there; a short fit is enough to compare. Sound of the file
 * where nothing plays tells against a place by itself: the rest, which always plays, explains it all too well.
 */
function misfitAt(
  observed: Observed,
  tracks: readonly PlayingTrack[],
  clock: BeatClock,
  seconds: number,
): number {
  const components = componentsOf(tracks, clock, columnsAt(observed, seconds))
  const misfit = misfitOf(observed, unmix(observed, components, SHORT_FIT_ROUNDS))
  return misfit + UNFORESEEN_COST * unforeseenShare(observed, components)
}

/** The whole set as it usually would sound, with silence before and behind it. */
function predict(observed: Observed, tracks: readonly PlayingTrack[], clock: BeatClock): Predicted {
  const { stepSeconds, bandsHz } = observed
  const lead = Math.ceil(LONGEST_LEAD_SECONDS / stepSeconds)
  const length = Math.ceil(clock.lengthSeconds / stepSeconds)
  const count = lead + Math.max(length + Math.ceil(LONGEST_TAIL_SECONDS / stepSeconds), observed.columns)
  const columns = { startSeconds: -lead * stepSeconds + stepSeconds / 4, stepSeconds, count, bandsHz }
  const components = componentsOf(
    tracks.filter(({ audible }) => audible),
    clock,
    columns,
  )
  return {
    columns: { ...columns, startSeconds: -lead * stepSeconds },
    shape: outlines(levelsOf(components, columns), bandsHz.length),
  }
}

function levelsOf(components: readonly Component[], { count, bandsHz }: Columns): Float64Array {
  const powers = new Float64Array(count * bandsHz.length).fill(1e-9)
  for (const { levels, usual } of components)
    for (let at = 0; at < powers.length; at++)
      powers[at] = (powers[at] ?? 0) + (levels[at] ?? 0) * (usual[at % bandsHz.length] ?? 0)
  return powers.map((power) => 10 * Math.log10(power))
}

/** Levels over time of each band about their own mean, cut at DEPTH_DB below its loudest. */
function outlines(levelsDb: Float64Array, bands: number): Float64Array {
  const columns = levelsDb.length / bands
  const shape = new Float64Array(levelsDb.length)
  for (let band = 0; band < bands; band++) {
    const own = Float64Array.from({ length: columns }, (_, column) => levelsDb[column * bands + band] ?? 0)
    const loudest = [...own].sort((a, b) => a - b)[Math.floor(columns * 0.98)] ?? 0
    const cut = own.map((level) => Math.max(-DEPTH_DB, Math.min(0, level - loudest)))
    const mean = cut.reduce((sum, level) => sum + level, 0) / columns
    for (let column = 0; column < columns; column++) shape[column * bands + band] = (cut[column] ?? 0) - mean
  }
  return shape
}

function likeness(heard: Float64Array, predicted: Float64Array, from: number): number {
  let both = 0
  let one = 0
  let other = 0
  for (let at = 0; at < heard.length; at++) {
    const a = heard[at] ?? 0
    const b = predicted[from + at] ?? 0
    both += a * b
    one += a * a
    other += b * b
  }
  return one > 0 && other > 0 ? both / Math.sqrt(one * other) : 0
}

/** Where bounces usually begin: the start, the loop, the first clip, locators. */
function naturalStarts(set: LiveSet, clock: BeatClock): number[] {
  const firstClip = Math.min(
    ...set.tracks.flatMap(({ clipList }) =>
      clipList.flatMap(({ view, startBeat }) =>
        view === 'arrangement' && startBeat !== null ? [startBeat] : [],
      ),
    ),
  )
  const beats = [
    0,
    set.loop?.startBeat ?? 0,
    Number.isFinite(firstClip) ? firstClip : 0,
    ...set.locators.map(({ beat }) => beat),
  ]
  return beats.map((beat) => clock.secondsOf(Math.max(0, beat)))
}

/** Top of the parabola through a peak and its neighbours, −0.5…0.5. */
function vertex(values: readonly number[], at: number): number {
  const [before, here, after] = [values[at - 1], values[at], values[at + 1]]
  if (before === undefined || here === undefined || after === undefined) return 0
  const bend = before - 2 * here + after
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / bend)) : 0
}

/** Beats of the file fall on beats of the set; a start within reach of a natural one is that one. */
function settle(
  coarse: number,
  observed: Observed,
  clock: BeatClock,
  natural: readonly number[],
  rhythm: Rhythm | null,
): number {
  const snapped = rhythm === null ? coarse : coarse + beatShift(coarse, clock, rhythm)
  const near = natural.find(
    (seconds) => Math.abs(seconds - snapped) < Math.max(0.03, observed.stepSeconds / 3),
  )
  return near ?? snapped
}

/** Mean direction of the file's beats on the circle of half a beat of the set, as seconds to add. */
export function beatAgreement(
  offsetSeconds: number,
  clock: BeatClock,
  rhythm: Rhythm,
): { strength: number; shiftBeats: number } {
  let x = 0
  let y = 0
  for (const seconds of rhythm.beatsSeconds) {
    const turn = 2 * Math.PI * 2 * clock.beatOf(seconds + offsetSeconds)
    x += Math.cos(turn)
    y += Math.sin(turn)
  }
  const count = Math.max(1, rhythm.beatsSeconds.length)
  return { strength: Math.hypot(x, y) / count, shiftBeats: -Math.atan2(y, x) / (4 * Math.PI) }
}

function beatShift(coarse: number, clock: BeatClock, rhythm: Rhythm): number {
  const { strength, shiftBeats } = beatAgreement(coarse, clock, rhythm)
  if (strength < 0.7) return 0
  const beat = clock.beatOf(coarse + 1)
  return shiftBeats * (clock.secondsOf(beat + 1) - clock.secondsOf(beat))
}
