import { difference, roundTo } from '../audio/decibels.ts'
import { BANDS } from '../audio/seven-bands.ts'
import { alignVersions, type Segment } from './align-versions.ts'
import { type Stretch, stretchesOver } from './change-ranges.ts'
import type { ChangeRange, Changes } from './changes-contract.ts'
import { movedRanges } from './moved-ranges.ts'
import type { Comparable } from './track-profile.ts'
import { differencesAt, type MatchedPlace } from './version-differences.ts'
import { framesOf } from './version-frames.ts'

/** What counts as a change, for at least a second. Less than this nobody points at; the stored curves are whole dB. */
const THRESHOLDS = { levelDb: 1, bandDb: 1.5, correlation: 0.15 }
const LEAST_SECONDS = 1
/** The curve of the correlation has steps of half a second or more, which never fall alike in two versions. */
const LEAST_STEREO_SECONDS = 3
const PLACE_STEP_SECONDS = 0.25
const FRAME_STEP_SECONDS = 0.1
const MOST_FRAMES = 4000
/** How far moments may lie apart in the two versions. */
const REACH_SECONDS = 30
const MOST_REACH_SECONDS = 180
const LEAST_CONFIDENCE = 0.45
const THROUGHOUT_SHARE = 0.9

/**
 * What changed from an earlier version of a track to a newer one, where, by how much: both are laid over each other by
 * their stored curves, since the sound is gone. Numbers of the whole are compared in any case.
 */
export function compareVersions(newer: Comparable, earlier: Comparable): Changes {
  const longest = Math.max(newer.source.durationSeconds, earlier.source.durationSeconds)
  const stepSeconds = Math.max(FRAME_STEP_SECONDS, longest / MOST_FRAMES)
  const apart = Math.abs(newer.source.durationSeconds - earlier.source.durationSeconds)
  const reachSeconds = Math.min(MOST_REACH_SECONDS, REACH_SECONDS + 1.5 * apart, longest)
  const { segments, confidence, isFeatureless } = alignVersions(
    framesOf(newer, stepSeconds),
    framesOf(earlier, stepSeconds),
    { stepSeconds, reach: Math.round(reachSeconds / stepSeconds) },
  )
  const numbers = {
    thresholds: THRESHOLDS,
    confidence: roundTo(confidence, 2),
    durationSeconds: roundTo(newer.source.durationSeconds - earlier.source.durationSeconds, 2),
    ...numbersOf(newer, earlier),
  }
  if (isFeatureless) return { ...numbers, reason: 'nothing-to-align', isUnchanged: false, ranges: [] }
  if (confidence < LEAST_CONFIDENCE)
    return { ...numbers, reason: 'not-alike', isUnchanged: false, ranges: [] }
  const inSeconds = segments.map((segment) => secondsOf(segment, stepSeconds))
  const ranges = [...movedRanges(inSeconds, newer, earlier), ...soundRanges(inSeconds, newer, earlier)]
  ranges.sort((a, b) => a.startSeconds - b.startSeconds)
  return { ...numbers, reason: null, isUnchanged: ranges.length === 0, ranges }
}

function numbersOf(newer: Comparable, earlier: Comparable) {
  const minus = (pick: (track: Comparable) => number | null | undefined) =>
    difference(pick(newer) ?? null, pick(earlier) ?? null)
  return {
    integratedLu: minus((track) => track.loudness.integratedLufs),
    rangeLu: minus((track) => track.loudness.rangeLu),
    truePeakDb: minus((track) => track.peaks.truePeakDbtp),
    plrDb: minus((track) => track.dynamics.plrDb),
    correlation: minus((track) => track.stereo.correlation),
    clips: minus((track) => track.peaks.clips?.count),
  }
}

function secondsOf({ from, to, lag }: Segment, stepSeconds: number): Segment {
  return { from: from * stepSeconds, to: to * stepSeconds, lag: lag * stepSeconds }
}

/** Level, bands and stereo where both versions have the same moments. */
function soundRanges(segments: Segment[], newer: Comparable, earlier: Comparable): ChangeRange[] {
  // Silence before or after the earlier version is no sound to compare with.
  const sounding = segments.map(({ from, to, lag }) => ({
    from: Math.max(from, -lag),
    to: Math.min(to, earlier.source.durationSeconds - lag),
    lag,
  }))
  const common = sounding.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0)
  return sounding.flatMap((segment) => {
    const places = placesOf(segment)
    const { levelDb, bandsDb, correlation } = differencesAt(newer, earlier, places)
    const over = (values: (number | null)[], threshold: number, leastSeconds = LEAST_SECONDS) =>
      stretchesOver(values, threshold, leastSeconds / PLACE_STEP_SECONDS)
    const range = (kind: ChangeRange['kind'], stretch: Stretch, bands: string[] = []) =>
      rangeOf(kind, { ...stretch, bands }, segment, common)
    return [
      ...over(levelDb, THRESHOLDS.levelDb).map((stretch) => range('level', stretch)),
      ...joined(
        bandsDb.flatMap((values, band) =>
          over(values, THRESHOLDS.bandDb).map((stretch) =>
            range('bands', stretch, [BANDS[band]?.name ?? '']),
          ),
        ),
      ),
      ...over(correlation, THRESHOLDS.correlation, LEAST_STEREO_SECONDS).map((stretch) =>
        range('stereo', stretch),
      ),
    ]
  })
}

function placesOf({ from, to, lag }: Segment): MatchedPlace[] {
  const count = Math.max(0, Math.floor((to - from) / PLACE_STEP_SECONDS))
  return Array.from({ length: count }, (_, i) => {
    const seconds = from + (i + 0.5) * PLACE_STEP_SECONDS
    return { seconds, earlierSeconds: seconds + lag, fromSeconds: from, toSeconds: to }
  })
}

function rangeOf(
  kind: ChangeRange['kind'],
  stretch: Stretch & { bands: string[] },
  segment: Segment,
  commonSeconds: number,
): ChangeRange {
  const startSeconds = roundTo(segment.from + stretch.from * PLACE_STEP_SECONDS, 2)
  const endSeconds = roundTo(segment.from + stretch.to * PLACE_STEP_SECONDS, 2)
  return {
    kind,
    startSeconds,
    endSeconds,
    earlierStartSeconds: roundTo(startSeconds + segment.lag, 2),
    earlierEndSeconds: roundTo(endSeconds + segment.lag, 2),
    bands: stretch.bands,
    change: roundTo(stretch.change, kind === 'stereo' ? 2 : 1),
    bars: null,
    isThroughout: endSeconds - startSeconds >= THROUGHOUT_SHARE * commonSeconds,
  }
}

/** Neighbouring bands that change alike at the same time are one change. */
function joined(ranges: ChangeRange[]): ChangeRange[] {
  const result: ChangeRange[] = []
  for (const range of ranges) {
    const same = result.find(
      (other) =>
        Math.abs(other.startSeconds - range.startSeconds) <= 1 &&
        Math.abs(other.endSeconds - range.endSeconds) <= 1 &&
        Math.abs(other.change - range.change) <= 1,
    )
    if (same) same.bands.push(...range.bands)
    else result.push(range)
  }
  return result
}
