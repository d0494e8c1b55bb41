import type { Fused } from '../fuse.ts'
import type { PlayingTrack } from '../playing-tracks.ts'

/** Notes above this are not what is heard as bass. G#3 in Live, 208 Hz. */
const HIGHEST_KEY = 56
const FARTHEST_SEMITONES = 6

/**
 * How well the notes heard in the low end are those of the set, against the same notes moved by up to half an octave.
 * @returns −1 (only moved do they fit) … 1; null when the set plays no tune down there or no note was heard
 */
export function bassAgreement(fused: Fused): number | null {
  const heard = fused.audio.spectrum.lowEnd?.notes ?? []
  const played = playedBelow(fused)
  const all = heard.reduce((sum, { share }) => sum + share, 0)
  if (played === null || all === 0) return null
  const fitAt = (semitones: number) =>
    heard.reduce((sum, { frequencyHz, share }) => {
      const key = Math.round(69 + 12 * Math.log2(frequencyHz / 440))
      return sum + (share / all) * Math.sqrt(played[key + semitones] ?? 0)
    }, 0)
  const moved = Array.from({ length: FARTHEST_SEMITONES }, (_, i) => [fitAt(i + 1), fitAt(-i - 1)]).flat()
  return fitAt(0) - Math.max(...moved)
}

/** Share of time of each key among the low notes that the file covers. */
function playedBelow({ tracks, clock, offset, audio }: Fused): Float64Array | null {
  const from = clock.beatOf(Math.max(0, offset.seconds))
  const to = clock.beatOf(Math.max(0, offset.seconds + audio.source.durationSeconds))
  const played = new Float64Array(128)
  for (const { key, startBeat, endBeat, velocity } of tracks.filter(isTune).flatMap(({ notes }) => notes))
    if (key < HIGHEST_KEY && endBeat > from && startBeat < to)
      played[key] = (played[key] ?? 0) + (endBeat - startBeat) * velocity
  const all = played.reduce((sum, time) => sum + time, 0)
  return all > 0 ? played.map((time) => time / all) : null
}

export const isTune = ({ notes }: Pick<PlayingTrack, 'notes'>) =>
  notes.some(({ key }) => key !== notes[0]?.key)
