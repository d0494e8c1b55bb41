import type { Tonality } from './contract.ts'
import { roundTo } from './decibels.ts'
import { keyFeatures, pitchProfile } from './key.ts'
import { KEY_WEIGHTS } from './key-weights.ts'
import { nameOfKey } from './note-names.ts'
import { FINE_STEPS, type Tones } from './tone-meter.ts'

const NOTES = 12
const KEYS = 2 * NOTES
/** Keys are judged in windows of 8 s: shorter ones hear chords. */
const WINDOW_SECONDS = 8
/** A chord is no key: the odds of so short a window count for less. */
const TRUST = 0.5
/** What a change of key costs, in nepers of odds; more between keys that share all notes but one or none. */
const CHANGE_COST = 14
const RELATED_COST = 22
/** A key that stays for less than this is a passage. */
const MIN_SECONDS = 18
/** From odds of e³ a window on there is no doubt. */
const SURE_ODDS = 3

type KeySegment = NonNullable<Tonality['segments']>[number]
type Modulation = NonNullable<Tonality['modulations']>[number]

/** Adds to the key of a track which key holds when. */
export function withKeyOverTime(whole: Tonality, tones: Tones, durationSeconds: number): Tonality {
  const { key, camelot, confidence } = whole
  if (key === null || camelot === null) return whole
  return { ...whole, ...followKey(tones, durationSeconds, { key, camelot, confidence }) }
}

interface WholeKey {
  key: string
  camelot: string
  confidence: number
}

/**
 * Which key holds when: the likeliest path through the keys of windows of 8 s, where every change must be paid for by
 * what it explains (Viterbi).
 * @param whole key of the whole track
 * @returns one segment and no modulation for steady music; nothing when there is no key at all
 * Accuracy: borders ±8 s; changes of less than 18 s are not told.
 */
function followKey(
  tones: Tones,
  durationSeconds: number,
  whole: WholeKey,
): Pick<Tonality, 'segments' | 'modulations' | 'shares'> {
  if (tones.frames === 0) return { segments: [], modulations: [], shares: [] }
  const length = Math.max(1, Math.round(WINDOW_SECONDS / tones.stepSeconds))
  const odds: Float64Array[] = []
  for (let from = 0; from === 0 || from + length <= tones.frames; from += length)
    odds.push(oddsOf(tones, from, length))
  const path = withoutPassages(bestPath(odds), Math.ceil(MIN_SECONDS / (length * tones.stepSeconds)))
  const runs = runsOf(path)
  const segments: KeySegment[] = []
  for (const run of runs) {
    const startSeconds = roundTo(run.from * length * tones.stepSeconds, 1)
    const before = segments.at(-1)
    if (before !== undefined) before.endSeconds = startSeconds
    // Music that stays in one key has the key of the whole.
    const key = runs.length === 1 ? whole : { ...nameOfKey(run.key), confidence: sureness(odds, run) }
    segments.push({ startSeconds, endSeconds: roundTo(durationSeconds, 1), ...key })
  }
  return {
    shares: sharesOf(segments, durationSeconds),
    segments,
    modulations: segments.slice(1).map((segment, i): Modulation => {
      const before = segments[i]
      return {
        atSeconds: segment.startSeconds,
        from: before?.key ?? '',
        to: segment.key,
        confidence: Math.min(before?.confidence ?? 0, segment.confidence),
      }
    }),
  }
}

/** Share of time of each key, the longest first. */
function sharesOf(segments: readonly KeySegment[], durationSeconds: number): NonNullable<Tonality['shares']> {
  const seconds = new Map<string, number>()
  for (const { key, startSeconds, endSeconds } of segments)
    seconds.set(key, (seconds.get(key) ?? 0) + endSeconds - startSeconds)
  return [...seconds]
    .map(([key, length]) => ({ key, share: roundTo(length / Math.max(durationSeconds, 0.1), 2) }))
    .sort((a, b) => b.share - a.share)
}

/** Logarithm of the odds of each key in a stretch of frames; all 0 where nothing sounds. */
function oddsOf(tones: Tones, from: number, length: number): Float64Array {
  const frames = Math.min(length, tones.frames - from)
  const profile = pitchProfile({
    ...tones,
    frames,
    chroma: tones.chroma.subarray(from * FINE_STEPS, (from + frames) * FINE_STEPS),
    bassChroma: tones.bassChroma.subarray(from * NOTES, (from + frames) * NOTES),
  })
  if (profile.tonalShare === 0) return new Float64Array(KEYS)
  const scores = new Float64Array(KEYS)
  for (let key = 0; key < KEYS; key++) {
    const features = keyFeatures(profile, key % NOTES)
    const { notes, bass, bias } = key < NOTES ? KEY_WEIGHTS.major : KEY_WEIGHTS.minor
    let score: number = bias
    for (let i = 0; i < NOTES; i++)
      score += (features[i] ?? 0) * (notes[i] ?? 0) + (features[NOTES + i] ?? 0) * (bass[i] ?? 0)
    scores[key] = score
  }
  const highest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY)
  const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0)
  return scores.map((score) => TRUST * (score - highest - Math.log(total)))
}

function bestPath(odds: readonly Float64Array[]): number[] {
  let sums = new Float64Array(KEYS)
  const origins: Int32Array[] = []
  for (const row of odds) {
    const origin = new Int32Array(KEYS)
    const next = new Float64Array(KEYS)
    for (let key = 0; key < KEYS; key++) {
      let best = sums[key] ?? 0
      origin[key] = key
      for (let other = 0; other < KEYS; other++) {
        const value = (sums[other] ?? 0) - (origins.length === 0 ? 0 : costOf(other, key))
        if (value > best) {
          best = value
          origin[key] = other
        }
      }
      next[key] = best + (row[key] ?? 0)
    }
    origins.push(origin)
    sums = next
  }
  let key = sums.indexOf(sums.reduce((most, sum) => Math.max(most, sum), Number.NEGATIVE_INFINITY))
  const path: number[] = []
  for (const origin of origins.toReversed()) {
    path.push(key)
    key = origin[key] ?? 0
  }
  return path.reverse()
}

/** Keys by the scale they draw on: a minor key has that of the major key three semitones up. */
function costOf(from: number, to: number): number {
  if (from === to) return 0
  const scale = (key: number) => (key < NOTES ? key : (key + 3) % NOTES)
  const interval = (scale(to) - scale(from) + NOTES) % NOTES
  return interval === 0 || interval === 5 || interval === 7 ? RELATED_COST : CHANGE_COST
}

interface Run {
  key: number
  from: number
  to: number
}

function runsOf(path: readonly number[]): Run[] {
  const runs: Run[] = []
  for (const [i, key] of path.entries()) {
    const open = runs.at(-1)
    if (open?.key === key) open.to = i + 1
    else runs.push({ key, from: i, to: i + 1 })
  }
  return runs
}

/** Runs that are too short take the key of the longer neighbour. */
function withoutPassages(path: readonly number[], shortest: number): number[] {
  const runs = runsOf(path)
  const short = runs.findIndex(({ from, to }) => to - from < shortest)
  if (short < 0 || runs.length === 1) return [...path]
  const lengthOf = (run: Run | undefined) => (run === undefined ? 0 : run.to - run.from)
  const [before, here, after] = [runs[short - 1], runs[short], runs[short + 1]]
  const key = (lengthOf(before) >= lengthOf(after) ? before : after)?.key ?? 0
  const next = path.map((value, i) => (here !== undefined && i >= here.from && i < here.to ? key : value))
  return withoutPassages(next, shortest)
}

/** By how much the key of a run leads the next likely one in its windows, in the mean. */
function sureness(odds: readonly Float64Array[], { key, from, to }: Run): number {
  const means = new Float64Array(KEYS)
  for (const row of odds.slice(from, to))
    for (let k = 0; k < KEYS; k++) means[k] = (means[k] ?? 0) + (row[k] ?? 0) / (to - from)
  const others = means.filter((_, k) => k !== key)
  const lead =
    ((means[key] ?? 0) - others.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)) /
    TRUST
  return roundTo(Math.max(0, Math.min(1, lead / SURE_ODDS)), 2)
}
