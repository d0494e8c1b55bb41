import type { SetClip, SetTrack } from '../als/contract.ts'

/** A note where it sounds in the arrangement, in quarter notes. */
export interface PlayedNote {
  key: number
  startBeat: number
  endBeat: number
  /** 0…1 */
  velocity: number
}

export interface Span {
  startBeat: number
  endBeat: number
}

/** Loops may repeat a clip of a thousand notes a thousand times: beyond this the rest is left out. */
const MOST_NOTES = 200_000
const SHORTEST_LOOP_BEATS = 1 / 64

/** Clips that sound in the arrangement: not deactivated, of some length. */
export function soundingClips(track: SetTrack): (SetClip & Span)[] {
  return track.clipList.flatMap((clip) => {
    const { view, disabled, startBeat, endBeat } = clip
    const sounds =
      view === 'arrangement' &&
      disabled !== true &&
      startBeat !== null &&
      endBeat !== null &&
      endBeat > startBeat
    return sounds ? [{ ...clip, startBeat, endBeat }] : []
  })
}

/** Every note of a track as it sounds, loops played out; empty for audio tracks. */
export function playedNotes(track: SetTrack): PlayedNote[] {
  const notes: PlayedNote[] = []
  for (const clip of soundingClips(track)) addClip(clip, notes)
  return notes.sort((a, b) => a.startBeat - b.startBeat)
}

/** Rounds of a clip: which beats of its content sound from which beat of the arrangement on. */
function* roundsOf({
  startBeat,
  endBeat,
  loop,
}: SetClip & Span): Generator<{ from: number; to: number; shift: number }> {
  const start = loop.start ?? 0
  const length = (loop.end ?? 0) - start
  const first = start + (loop.startRelative ?? 0)
  if (loop.on !== true || length < SHORTEST_LOOP_BEATS) {
    yield { from: first, to: first + endBeat - startBeat, shift: startBeat - first }
    return
  }
  const end = start + length
  for (let at = startBeat, from = first; at < endBeat - 1e-9; from = start) {
    const to = Math.min(end, from + endBeat - at)
    if (to <= from) return
    yield { from, to, shift: at - from }
    at += to - from
  }
}

function addClip(clip: SetClip & Span, into: PlayedNote[]): void {
  const notes = clip.midi?.notes.filter(({ on }) => on) ?? []
  if (notes.length === 0) return
  for (const { from, to, shift } of roundsOf(clip)) {
    for (const { key, beat, durationBeats, velocity } of notes) {
      if (beat < from - 1e-9 || beat >= to - 1e-9) continue
      if (into.length >= MOST_NOTES) return
      const startBeat = beat + shift
      const endBeat = Math.min(startBeat + durationBeats, clip.endBeat)
      into.push({ key, startBeat, endBeat, velocity: velocity / 127 })
    }
  }
}
