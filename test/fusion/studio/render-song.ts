import { blankWav, WAV_HEADER_BYTES } from '../../../scripts/demo/wav-header.ts'
import { secondsOfBeats } from '../../../src/als/tempo-map.ts'
import { equalise, process, saturate, utility } from './inserts.ts'
import type { Clip, Part, Song } from './song.ts'
import { createNoise, renderNote, SAMPLE_RATE_HZ, type Sound, silence } from './voices.ts'

const lin = (db: number) => 10 ** (db / 20)
const TAIL_SECONDS = 1.5

/** Everything before the main track's devices, so that one part can be taken out and put back changed. */
export interface Desk {
  dry: Sound
  send: Sound
}

export function songFrames(song: Song): number {
  const [seconds] = beatsToSeconds(song, [song.lengthBeats])
  return Math.round(((seconds ?? 0) + TAIL_SECONDS) * SAMPLE_RATE_HZ)
}

function beatsToSeconds(song: Song, beats: number[]): number[] {
  const set = { tempoAtStartBpm: song.tempoBpm, tempoChanges: song.tempoChanges }
  return secondsOfBeats(set, beats).map((seconds) => seconds ?? 0)
}

/** One part up to its fader: source, colour of the source, devices of its track. */
export function renderPart(song: Song, part: Part): Sound {
  const sound = part.muted ? silence(songFrames(song)) : playNotes(song, part)
  if (part.muted) return sound
  for (const band of part.voice.colour) equalise(sound, band)
  if (part.voice.driveDb > 0) saturate(sound, part.voice.driveDb, -part.voice.driveDb / 3)
  if (part.voice.width !== 1 || part.voice.inverted) utility(sound, 0, part.voice.width, part.voice.inverted)
  for (const insert of part.inserts) process(sound, insert)
  return sound
}

function playNotes(song: Song, part: Part): Sound {
  const sound = silence(songFrames(song))
  const notes = part.clips.flatMap((clip) => notesOf(clip))
  const times = [...new Set(notes.flatMap(({ beat, beats }) => [beat, beat + beats]))].sort((a, b) => a - b)
  const seconds = beatsToSeconds(song, times)
  const at = new Map(times.map((beat, i) => [beat, seconds[i] ?? 0]))
  const rendered = new Map<string, Sound>()
  for (const { key, beat, beats, velocity } of notes) {
    const start = at.get(beat) ?? 0
    const length = Math.round(((at.get(beat + beats) ?? 0) - start) * 200) / 200
    const name = `${key} ${length}`
    const note = rendered.get(name) ?? renderNote(part.voice, key, length)
    rendered.set(name, note)
    add(sound, note, velocity / 127, velocity / 127, Math.round(start * SAMPLE_RATE_HZ))
  }
  return sound
}

/** The notes of a clip on the time line: its loop as often as it fits. */
export function notesOf(clip: Clip): { key: number; beat: number; beats: number; velocity: number }[] {
  const notes: { key: number; beat: number; beats: number; velocity: number }[] = []
  for (let start = clip.startBeat; start < clip.endBeat - 1e-9; start += clip.loopBeats)
    for (const note of clip.notes) {
      const beat = start + note.beat
      if (beat < clip.endBeat - 1e-9)
        notes.push({ ...note, beat, beats: Math.min(note.beats, clip.endBeat - beat) })
    }
  return notes
}

function add(to: Sound, from: Sound, left: number, right: number, offset: number): void {
  const end = Math.min(to.left.length - offset, from.left.length)
  for (let i = 0; i < end; i++) {
    to.left[offset + i] = (to.left[offset + i] ?? 0) + left * (from.left[i] ?? 0)
    to.right[offset + i] = (to.right[offset + i] ?? 0) + right * (from.right[i] ?? 0)
  }
}

export function gainsOf(song: Song, part: Part): { left: number; right: number; send: number } {
  const group = part.groupId === null ? 0 : (song.group?.volumeDb ?? 0)
  const fader = lin(part.volumeDb)
  const bus = lin(group)
  // As Live pans: unity in the middle, the far side fades, the near side rises to +3 dB
  const near = (pan: number) => Math.SQRT2 * Math.sin(((1 + pan) * Math.PI) / 4)
  const send = part.sendDb === null ? 0 : fader * lin(part.sendDb)
  return { left: fader * bus * near(-part.pan), right: fader * bus * near(part.pan), send }
}

/** Puts a rendered part on the desk; sign −1 takes it away again. */
export function mixPart(desk: Desk, song: Song, part: Part, sound: Sound, sign: 1 | -1): void {
  if (part.muted) return
  const { left, right, send } = gainsOf(song, part)
  add(desk.dry, sound, sign * left, sign * right, 0)
  if (send > 0) add(desk.send, sound, sign * send, sign * send, 0)
}

/** Return, main devices, and the level that the bounce leaves with. */
export function finishMix(desk: Desk, song: Song): Sound {
  const mix = { left: desk.dry.left.slice(), right: desk.dry.right.slice() }
  const room = reverb(desk.send)
  add(mix, room, lin(song.returnDb), lin(song.returnDb), 0)
  for (const insert of song.main) process(mix, insert)
  return mix
}

const COMBS_SECONDS = [
  [0.0297, 0.0371, 0.0411],
  [0.0303, 0.0359, 0.0437],
] as const

/** A plain room of three feedback combs for each ear. */
function reverb(send: Sound): Sound {
  const out = silence(send.left.length)
  for (const [side, channel] of [out.left, out.right].entries()) {
    const source = side === 0 ? send.left : send.right
    for (const seconds of COMBS_SECONDS[side === 0 ? 0 : 1]) {
      const length = Math.round(seconds * SAMPLE_RATE_HZ)
      const line = new Float32Array(length)
      let smooth = 0
      for (let i = 0, at = 0; i < source.length; i++, at = at + 1 === length ? 0 : at + 1) {
        const echo = line[at] ?? 0
        smooth += 0.5 * (echo - smooth)
        line[at] = (source[i] ?? 0) + 0.82 * smooth
        channel[i] = (channel[i] ?? 0) + 0.4 * echo
      }
    }
  }
  return out
}

/** 16-bit WAV of a part of the mix, with dither; what is outside is silence. */
export function writeWav({ left, right }: Sound, fromFrame: number, frames: number): Buffer {
  const bytes = blankWav(frames, SAMPLE_RATE_HZ)
  const noise = createNoise(11)
  const word = (value: number) =>
    Math.max(-32_768, Math.min(32_767, Math.round(value * 32_767 + (noise() + noise()) / 2)))
  for (let i = 0; i < frames; i++) {
    bytes.writeInt16LE(word(left[fromFrame + i] ?? 0), WAV_HEADER_BYTES + i * 4)
    bytes.writeInt16LE(word(right[fromFrame + i] ?? 0), WAV_HEADER_BYTES + i * 4 + 2)
  }
  return bytes
}
