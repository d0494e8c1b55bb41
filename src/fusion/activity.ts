import type { BeatClock } from './beat-clock.ts'
import type { PlayedNote } from './played-notes.ts'
import type { PlayingTrack } from './playing-tracks.ts'
import { usualPower, usualShares } from './role-spectra.ts'

/**
 * One way in which a track sounds: when, and in which bands it then usually does. A track has several: the blow and the
 * hold of its notes, or one for each key of a drum rack.
 */
export interface Component {
  /** Place in the list of playing tracks. */
  track: number
  /** Power over time in each band, column after column; its mean while it sounds is about 1. */
  levels: Float64Array
  /** Power per band, relative to the mix, before the mix is looked at. */
  usual: Float64Array
}

/** Columns of equal length on the time line of the set, in seconds. */
export interface Columns {
  startSeconds: number
  stepSeconds: number
  count: number
  bandsHz: readonly number[]
}

const HARMONICS = 40
/** What of a blow is over after this time counts as its tail. */
const BLOW_SECONDS = 0.09
/** Sound that rings on: release and room. */
const RING_SECONDS = 0.12
const MOST_DRUM_KEYS = 8
/** Share of a held sound's power that does not follow its pitch. */
const UNPITCHED_SHARE = 0.15

const drumRoles = new Set(['kick', 'snare', 'hats', 'percussion', 'drums'])

/** How each track would sound over time by what its clips and notes say. */
export function componentsOf(
  tracks: readonly PlayingTrack[],
  clock: BeatClock,
  columns: Columns,
): Component[] {
  return tracks.flatMap((playing, track) => {
    const { role, notes } = playing
    const shares = usualShares(role.role, columns.bandsHz)
    const power = usualPower(role.role)
    if (notes.length === 0) return [spanComponent(playing, track, clock, columns, scaled(shares, power))]
    if (role.role === null ? isStruck(notes) : drumRoles.has(role.role))
      return drumComponents(notes, track, clock, columns, scaled(shares, power))
    return pitchedComponents(notes, track, clock, columns, power)
  })
}

/** One key throughout says when, not what: a sample that is struck. */
const isStruck = (notes: readonly PlayedNote[]) => notes.every(({ key }) => key === notes[0]?.key)

const scaled = (shares: Float64Array, factor: number) => shares.map((share) => share * factor)

/** An audio clip says when it plays, and no more. */
function spanComponent(
  { spans }: PlayingTrack,
  track: number,
  clock: BeatClock,
  columns: Columns,
  usual: Float64Array,
): Component {
  const time = new Float64Array(columns.count)
  for (const { startBeat, endBeat } of spans)
    spread(time, columns, clock.secondsOf(startBeat), clock.secondsOf(endBeat), 1)
  return { track, levels: everyBand(time, columns), usual }
}

function drumComponents(
  notes: readonly PlayedNote[],
  track: number,
  clock: BeatClock,
  columns: Columns,
  usual: Float64Array,
): Component[] {
  const counts = new Map<number, number>()
  for (const { key } of notes) counts.set(key, (counts.get(key) ?? 0) + 1)
  const keys = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_DRUM_KEYS)
  return keys.map(([key]) => {
    const time = blows(
      notes.filter((note) => note.key === key),
      clock,
      columns,
    )
    return { track, levels: everyBand(time, columns), usual: scaled(usual, 1 / keys.length) }
  })
}

function pitchedComponents(
  notes: readonly PlayedNote[],
  track: number,
  clock: BeatClock,
  columns: Columns,
  power: number,
): Component[] {
  const bands = columns.bandsHz.length
  const held = new Float64Array(columns.count * bands)
  const perKey = new Map<number, Float64Array>()
  for (const note of notes) {
    const shares = perKey.get(note.key) ?? harmonicShares(note.key, columns.bandsHz)
    perKey.set(note.key, shares)
    const from = clock.secondsOf(note.startBeat)
    eachColumn(columns, from, clock.secondsOf(note.endBeat), (column, part) => {
      for (let band = 0; band < bands; band++) {
        const at = column * bands + band
        held[at] = (held[at] ?? 0) + part * note.velocity ** 2 * (shares[band] ?? 0)
      }
    })
  }
  const usual = balance(held, columns)
  const attack = Float64Array.from(columns.bandsHz, (hz) => (hz < 150 ? 0.004 : 0.02) / bands)
  return [
    { track, levels: ring(held, columns), usual: scaled(usual, power) },
    { track, levels: everyBand(blows(notes, clock, columns), columns), usual: scaled(attack, power) },
  ]
}

/** Divides each band by its own mean while the track sounds, and gives back those means as shares. */
function balance(levels: Float64Array, { count, bandsHz }: Columns): Float64Array {
  const bands = bandsHz.length
  const means = new Float64Array(bands)
  let sounding = 0
  for (let column = 0; column < count; column++) {
    let sum = 0
    for (let band = 0; band < bands; band++) sum += levels[column * bands + band] ?? 0
    if (sum <= 0) continue
    sounding++
    for (let band = 0; band < bands; band++)
      means[band] = (means[band] ?? 0) + (levels[column * bands + band] ?? 0)
  }
  if (sounding === 0) return means
  for (let at = 0; at < levels.length; at++)
    levels[at] = (levels[at] ?? 0) / Math.max(1e-12, (means[at % bands] ?? 0) / sounding)
  const all = means.reduce((sum, mean) => sum + mean, 0)
  return means.map((mean) => mean / all)
}

/** Power of the harmonics 1/n² of a key in each band, and a little everywhere below 10 kHz; together 1. */
export function harmonicShares(key: number, bandsHz: readonly number[]): Float64Array {
  const fundamentalHz = 440 * 2 ** ((key - 69) / 12)
  const shares = new Float64Array(bandsHz.length)
  for (let n = 1; n <= HARMONICS; n++) {
    const band = bandOf(fundamentalHz * n, bandsHz)
    if (band >= 0) shares[band] = (shares[band] ?? 0) + 1 / n ** 2
  }
  const all = shares.reduce((sum, share) => sum + share, 0)
  const first = bandOf(fundamentalHz, bandsHz)
  return shares.map((share, band) => {
    const floor = band < first ? 0.02 : 1 / (1 + (band - first) ** 2)
    return ((1 - UNPITCHED_SHARE) * share) / Math.max(all, 1e-9) + (UNPITCHED_SHARE * floor) / 4
  })
}

/** Index of the third octave that holds a frequency; −1 outside all of them. */
export function bandOf(hz: number, bandsHz: readonly number[]): number {
  const first = bandsHz[0] ?? 25
  const band = Math.round(10 * Math.log10(hz / first))
  return band >= 0 && band < bandsHz.length ? band : -1
}

function blows(notes: readonly PlayedNote[], clock: BeatClock, columns: Columns): Float64Array {
  const time = new Float64Array(columns.count)
  for (const { startBeat, velocity } of notes) {
    const from = clock.secondsOf(startBeat)
    spread(time, columns, from, from + BLOW_SECONDS, velocity ** 2)
  }
  const sounding = time.filter((level) => level > 0)
  const mean = sounding.reduce((sum, level) => sum + level, 0) / Math.max(1, sounding.length)
  return time.map((level) => level / Math.max(1e-12, mean))
}

function spread(time: Float64Array, columns: Columns, from: number, to: number, level: number): void {
  eachColumn(columns, from, to, (column, part) => {
    time[column] = (time[column] ?? 0) + level * part
  })
}

/** Calls for every column that the stretch touches, with the part of the column that it fills. */
function eachColumn(
  { startSeconds, stepSeconds, count }: Columns,
  from: number,
  to: number,
  call: (column: number, part: number) => void,
): void {
  const first = Math.max(0, Math.floor((from - startSeconds) / stepSeconds))
  for (let column = first; column < count; column++) {
    const begin = startSeconds + column * stepSeconds
    if (begin >= to) return
    const part = (Math.min(to, begin + stepSeconds) - Math.max(from, begin)) / stepSeconds
    if (part > 0) call(column, part)
  }
}

function everyBand(time: Float64Array, columns: Columns): Float64Array {
  const bands = columns.bandsHz.length
  const levels = new Float64Array(columns.count * bands)
  for (let at = 0; at < levels.length; at++) levels[at] = time[Math.floor(at / bands)] ?? 0
  return ring(levels, columns)
}

/** Lets every band ring on for a moment. */
function ring(levels: Float64Array, { stepSeconds, bandsHz }: Columns): Float64Array {
  const bands = bandsHz.length
  const keep = Math.exp(-stepSeconds / RING_SECONDS) * 0.5
  for (let at = bands; at < levels.length; at++)
    levels[at] = Math.max(levels[at] ?? 0, keep * (levels[at - bands] ?? 0))
  return levels
}
