import type { Cause } from '../../findings/causes-contract.ts'
import type { Fused } from '../fuse.ts'
import type { PlayingTrack } from '../playing-tracks.ts'

const MOST_STRETCHES = 20
const NOTE_NAMES = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B']

type Times = readonly { startSeconds: number; endSeconds: number }[]

/** Bars of the set in which a track plays within these times of the file; the whole file where none are given. */
export function barsPlayed({ clock, bars, offset, observed }: Fused, track: PlayingTrack, times: Times) {
  const stretches = times.length > 0 ? times : [{ startSeconds: 0, endSeconds: observed.durationSeconds }]
  const found: Cause['bars'] = []
  for (const { startSeconds, endSeconds } of stretches) {
    const fromBeat = clock.beatOf(startSeconds + offset.seconds)
    const toBeat = clock.beatOf(endSeconds + offset.seconds)
    for (const { startBeat, endBeat } of track.spans) {
      const start = Math.max(0, fromBeat, startBeat)
      const end = Math.min(toBeat, endBeat)
      if (end < start || endBeat <= fromBeat || startBeat > toBeat) continue
      // A stretch that ends on a bar line does not reach into the bar behind it.
      found.push({ from: bars.placeOf(start).bar, to: bars.placeOf(Math.max(start, end - 1e-3)).bar })
    }
  }
  return joined(found).slice(0, MOST_STRETCHES)
}

function joined(stretches: Cause['bars']): Cause['bars'] {
  const merged: Cause['bars'] = []
  for (const stretch of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last !== undefined && stretch.from <= last.to + 1) last.to = Math.max(last.to, stretch.to)
    else merged.push({ ...stretch })
  }
  return merged
}

/** What the set says about what it plays there, without its name. */
export function playingReasons(track: PlayingTrack, bars: Cause['bars']): string[] {
  const reasons: string[] = []
  if (bars.length === 0) reasons.push('none of its clips plays there')
  else reasons.push(`its clips play in ${barWords(bars)}`)
  if (track.role.role !== null && track.role.by !== null)
    reasons.push(`seems to play ${track.role.role}, judging by its ${track.role.by}`)
  const keys = track.notes.map(({ key }) => key)
  if (keys.length > 0) {
    const low = keys.reduce((least, key) => Math.min(least, key), 127)
    const high = keys.reduce((most, key) => Math.max(most, key), 0)
    reasons.push(
      low === high
        ? `its only note is ${noteName(low)} (${hertz(low)} Hz and overtones)`
        : `its notes lie between ${noteName(low)} and ${noteName(high)} (${hertz(low)}–${hertz(high)} Hz and overtones)`,
    )
  }
  return reasons
}

function barWords(bars: Cause['bars']): string {
  const words = bars.slice(0, 3).map(({ from, to }) => (from === to ? `bar ${from}` : `bars ${from}–${to}`))
  return bars.length > 3 ? `${words.join(', ')} and ${bars.length - 3} more stretches` : words.join(', ')
}

/** Live's octaves: 60 is C3. */
const noteName = (key: number) => `${NOTE_NAMES[key % 12] ?? ''}${Math.floor(key / 12) - 2}`
const hertz = (key: number) => Math.round(440 * 2 ** ((key - 69) / 12))
