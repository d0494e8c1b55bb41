import { componentsOf } from '../activity.ts'
import type { Fused } from '../fuse.ts'
import { columnsAt } from '../observed.ts'
import type { PlayingTrack } from '../playing-tracks.ts'
import { misfitOf, unmix } from '../unmix.ts'
import { isTune } from './bass-notes.ts'

const INTERVALS = [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6]
const SHORT_FIT_ROUNDS = 8

/**
 * By how much the mix would be explained better if all tunes stood at another pitch, nats per value; 0 or less when none
 * does. null without tunes. Third octaves tell little about single semitones: the bass tells most.
 */
export function transpositionGain({
  observed,
  clock,
  offset,
  tracks,
}: Fused): { semitones: number; gain: number } | null {
  if (!tracks.some(isTune)) return null
  const columns = columnsAt(observed, offset.seconds)
  const misfit = (semitones: number) =>
    misfitOf(
      observed,
      unmix(
        observed,
        componentsOf(
          tracks.map((track) => moved(track, semitones)),
          clock,
          columns,
        ),
        SHORT_FIT_ROUNDS,
      ),
    )
  const here = misfit(0)
  const [best] = INTERVALS.map((semitones) => ({ semitones, gain: here - misfit(semitones) })).sort(
    (a, b) => b.gain - a.gain,
  )
  return best ?? null
}

function moved(track: PlayingTrack, semitones: number): PlayingTrack {
  return isTune(track)
    ? { ...track, notes: track.notes.map((note) => ({ ...note, key: note.key + semitones })) }
    : track
}
