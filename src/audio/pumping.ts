import type { Pumping } from './contract.ts'
import { roundTo } from './decibels.ts'
import { BANDS } from './seven-bands.ts'

/** Where a kick has little: low-mid to presence. What pumps, pumps in all of them. */
const LOOKED_AT = BANDS.flatMap(({ fromHz, toHz }, i) => (fromHz >= 200 && toHz <= 12_000 ? [i] : []))
/** Places in a beat. */
const PLACES = 16
/** The dip follows the beat: it is deepest in the first part, and gone in the last. Up to a sixteenth the kick itself may sound. */
const DIP_TO = 6
const OPEN_FROM = 9
/** Notes begin on these places (eighths and sixteenths), a compressor lets go between them or gradually. */
const NOTE_PLACES = [4, 8, 12]
/** A rise that is this steep (part of the whole within three places, which one window smears) is a note's. */
const STEEP = 0.7
const MIN_DEPTH_DB = 1.5
/** Deeper than this it is not turned down, but rests. */
const MAX_DEPTH_DB = 20
const MIN_BANDS = 3
/** Part of the beats, or of the way that opens, that must go along for any confidence, and for full. */
const LEAST_SHARE = 0.65
const SURE_SHARE = 0.9
const MIN_BEATS = 16
/** Windows weaker than this (full-scale sine = 1) are silent: −80 dB. */
const SILENT = 1e-8

interface BandBeats {
  /** Mean level at each place of a beat over the mean of the beat, dB. */
  curve: Float64Array
  /** Rise from dip to open of each beat, dB. */
  rises: number[]
}

/**
 * Gain that goes down with every beat and comes back before the next, in at least three bands from 200 Hz to 12 kHz
 * together: what a compressor keyed by the kick does. Strokes (which fall instead of rising), notes that begin on
 * eighths or sixteenths, and rests are told from it.
 * @param bandPowers power of the seven bands in windows of 93 ms; @param beats seconds, rising
 * @returns null without. Depth is what such windows can see: a dip of less than 0.1 s is deeper in truth
 */
export function findPumping(
  bandPowers: readonly Float64Array[],
  stepSeconds: number,
  beats: readonly number[],
): Pumping | null {
  if (beats.length < MIN_BEATS) return null
  const grid = gridOf(bandPowers[0]?.length ?? 0, stepSeconds, beats)
  const bands: BandBeats[] = []
  for (const [tried, band] of LOOKED_AT.entries()) {
    const folded = foldBeats(bandPowers[band] ?? new Float64Array(0), grid)
    if (folded !== null && isDip(folded.curve)) bands.push(folded)
    // Too many have failed for enough to go along.
    if (bands.length + LOOKED_AT.length - tried - 1 < MIN_BANDS) return null
  }
  const depths = bands.map(({ curve }) => depthOf(curve)).sort((a, b) => a - b)
  const depthDb = depths[depths.length >> 1] ?? 0
  const rises = bands.flatMap((band) => band.rises)
  const along = rises.filter((rise) => rise > 0.25 * depthDb).length / Math.max(1, rises.length)
  const confidence = Math.min(1, (along - LEAST_SHARE) / (SURE_SHARE - LEAST_SHARE))
  if (confidence <= 0) return null
  const lengths = beats.slice(1).map((beat, i) => beat - (beats[i] ?? 0))
  const beatSeconds = lengths.toSorted((a, b) => a - b)[lengths.length >> 1] ?? 1
  return {
    depthDb: roundTo(depthDb, 1),
    rateHz: roundTo(1 / beatSeconds, 2),
    confidence: roundTo(confidence, 2),
  }
}

/** For each window its beat (−1 outside) and its place in it. */
interface BeatPlaces {
  beat: Int32Array
  place: Uint8Array
  beats: number
}

function gridOf(windows: number, stepSeconds: number, beats: readonly number[]): BeatPlaces {
  const beat = new Int32Array(windows).fill(-1)
  const place = new Uint8Array(windows)
  let current = 0
  for (let i = 0; i < windows; i++) {
    // The middle of window i stands i + 1 steps after the start.
    const seconds = (i + 1) * stepSeconds
    while (current + 1 < beats.length && (beats[current + 1] ?? 0) <= seconds) current++
    const start = beats[current] ?? 0
    const end = beats[current + 1]
    if (end === undefined || seconds < start) continue
    beat[i] = current
    place[i] = Math.min(PLACES - 1, Math.floor((PLACES * (seconds - start)) / (end - start)))
  }
  return { beat, place, beats: beats.length }
}

/** Levels by place in the beat; null when the band is mostly silent. */
function foldBeats(powers: Float64Array, grid: BeatPlaces): BandBeats | null {
  const sums = new Float64Array(PLACES)
  const counts = new Float64Array(PLACES)
  const rises: number[] = []
  for (let from = 0, to = 0; from < powers.length; from = to) {
    to = from + 1
    while (to < powers.length && grid.beat[to] === grid.beat[from]) to++
    if ((grid.beat[from] ?? -1) < 0) continue
    addBeat(powers.subarray(from, to), grid.place.subarray(from, to), { sums, counts, rises })
  }
  if (rises.length < grid.beats / 4 || counts.includes(0)) return null
  return { curve: sums.map((sum, place) => sum / (counts[place] ?? 1)), rises }
}

/** Adds the levels of one beat, its mean taken off; a beat with a silent window says nothing. */
function addBeat(
  powers: Float64Array,
  places: Uint8Array,
  { sums, counts, rises }: { sums: Float64Array; counts: Float64Array; rises: number[] },
): void {
  const levels = new Float64Array(powers.length)
  let [mean, dip, dips, open, opens] = [0, 0, 0, 0, 0]
  for (let i = 0; i < powers.length; i++) {
    const power = powers[i] ?? 0
    if (power < SILENT) return
    const db = 10 * Math.log10(power)
    const place = places[i] ?? 0
    levels[i] = db
    mean += db / powers.length
    if (place >= 1 && place < DIP_TO) {
      dip += db
      dips++
    }
    if (place >= OPEN_FROM && place < PLACES - 1) {
      open += db
      opens++
    }
  }
  for (let i = 0; i < levels.length; i++) {
    const place = places[i] ?? 0
    sums[place] = (sums[place] ?? 0) + (levels[i] ?? 0) - mean
    counts[place] = (counts[place] ?? 0) + 1
  }
  if (dips > 0 && opens > 0) rises.push(open / opens - dip / dips)
}

/** Lowest of the first part and highest of the last; the beat itself is left out. */
function depthOf(curve: Float64Array): number {
  return Math.max(...curve.subarray(OPEN_FROM, PLACES)) - Math.min(...curve.subarray(0, DIP_TO))
}

function isDip(curve: Float64Array): boolean {
  const depth = depthOf(curve)
  if (depth < MIN_DEPTH_DB || depth > MAX_DEPTH_DB) return false
  const lowest = curve.indexOf(Math.min(...curve.subarray(0, DIP_TO)))
  let fallen = 0
  let steepest = 0
  let where = 0
  for (let place = lowest + 1; place < PLACES - 1; place++) {
    fallen += Math.max(0, (curve[place - 1] ?? 0) - (curve[place] ?? 0))
    const rise = (curve[Math.min(PLACES - 1, place + 1)] ?? 0) - (curve[Math.max(0, place - 2)] ?? 0)
    if (rise > steepest) {
      steepest = rise
      where = place
    }
  }
  // A stroke falls again before the next beat; a compressor that lets go does not.
  if (fallen > 0.3 * depth) return false
  const startsNote = NOTE_PLACES.some((place) => Math.abs(place - where) <= 1)
  return !(startsNote && steepest > STEEP * depth)
}
