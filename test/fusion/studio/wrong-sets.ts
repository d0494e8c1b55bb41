import { planSong } from './plan-song.ts'
import { createRandom, type Random } from './random.ts'
import type { Clip, Part, Song } from './song.ts'

/** Ways in which a set may not be the one that a mix was bounced from. */
export const wrongKinds = [
  'another-song',
  'other-tempo',
  'moved-sections',
  'other-arrangement',
  'muted-track',
  'unmuted-track',
  'transposed',
] as const
export type WrongKind = (typeof wrongKinds)[number]

/**
 * A wrong version of the song's set; null when this song has none of the kind, or none that would sound otherwise.
 * @param carrying parts without which the mix is another: only these are muted or unmuted, and one of them plays otherwise
 */
export function wrongSet(song: Song, kind: WrongKind, carrying: readonly string[]): Song | null {
  const random = createRandom(song.seed * 13 + wrongKinds.indexOf(kind))
  const wrong = makers[kind](song, random, carrying)
  const isPlayed = kind === 'moved-sections' || kind === 'other-arrangement' || kind === 'transposed'
  return wrong !== null && isPlayed && !playsOtherwise(song, wrong, carrying) ? null : wrong
}

/** A change of fewer beats is none that anyone would call another version. */
const FEWEST_BEATS = 4

/** Whether a part that carries the mix plays something else for a bar or more. */
function playsOtherwise(song: Song, wrong: Song, carrying: readonly string[]): boolean {
  return song.parts.some((part, index) => {
    if (part.muted || !carrying.includes(part.id)) return false
    const before = beatByBeat(part, song.lengthBeats)
    const after = beatByBeat(wrong.parts[index] ?? part, song.lengthBeats)
    return before.filter((beat, at) => beat !== after[at]).length >= FEWEST_BEATS
  })
}

/** What begins in each beat: notes with their places in it, or that the audio plays. */
function beatByBeat({ kind, clips }: Part, lengthBeats: number): string[] {
  const beats = Array.from({ length: Math.ceil(lengthBeats) }, (): string[] => [])
  for (const { startBeat, endBeat, loopBeats, notes } of clips) {
    if (kind === 'audio')
      for (let beat = Math.floor(startBeat); beat < endBeat; beat++) beats[beat]?.push('sounds')
    else
      for (let from = startBeat; from < endBeat; from += loopBeats)
        for (const { key, beat } of notes.filter((note) => from + note.beat < endBeat))
          beats[Math.floor(from + beat)]?.push(`${key} at ${((from + beat) % 1).toFixed(2)}`)
  }
  return beats.map((sounds) => sounds.sort().join(' '))
}

type Maker = (song: Song, random: Random, carrying: readonly string[]) => Song | null

const makers: Record<WrongKind, Maker> = {
  'another-song': (song, random) => {
    const other = planSong(song.seed + 50_000)
    // The same tempo half of the time: then only the music tells.
    return random.chance(0.5) ? { ...other, tempoBpm: song.tempoBpm, tempoChanges: [] } : other
  },
  'other-tempo': (song, random) => {
    const factor = 1 + random.pick([-1, 1]) * random.between(0.01, 0.08)
    return { ...song, tempoBpm: Math.round(song.tempoBpm * factor * 100) / 100, tempoChanges: [] }
  },
  'moved-sections': moveSections,
  'other-arrangement': (song, random) => ({
    ...song,
    parts: song.parts.map((part) => rearranged(song, part, random)),
  }),
  'muted-track': (song, random, carrying) => {
    const open = song.parts.filter(({ muted, id }) => !muted && carrying.includes(id))
    const [victim] = random.shuffled(open)
    if (victim === undefined) return null
    return { ...song, parts: song.parts.map((part) => (part === victim ? { ...part, muted: true } : part)) }
  },
  'unmuted-track': (song, _random, carrying) =>
    song.parts.some(({ muted, id }) => muted && carrying.includes(id))
      ? { ...song, parts: song.parts.map((part) => ({ ...part, muted: false })) }
      : null,
  transposed: (song, random) => {
    const pitched = song.parts.some(({ kind, muted, clips }) => kind === 'midi' && !muted && isTune(clips))
    const semitones = random.pick([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6])
    return pitched ? { ...song, parts: song.parts.map((part) => transposed(part, semitones)) } : null
  },
}

const isTune = (clips: readonly Clip[]) =>
  clips.some(({ notes }) => notes.some(({ key }) => key !== notes[0]?.key))

/** Two stretches of the same length, a quarter of the song each, change places in all tracks. */
function moveSections(song: Song, random: Random): Song | null {
  const quarter = song.lengthBeats / 4
  const [one = 0, other = 1] = random.shuffled([0, 1, 2, 3])
  const swap = (clips: readonly Clip[]) =>
    clips.flatMap((clip) =>
      [0, 1, 2, 3].flatMap((q) =>
        cutTo(
          clip,
          q * quarter,
          (q + 1) * quarter,
          (q === one ? other - one : q === other ? one - other : 0) * quarter,
        ),
      ),
    )
  const moved = { ...song, parts: song.parts.map((part) => ({ ...part, clips: swap(part.clips) })) }
  const shape = (each: Song) =>
    JSON.stringify(each.parts.map(({ clips }) => clips.map(({ startBeat, endBeat }) => [startBeat, endBeat])))
  return shape(moved) === shape(song) ? null : moved
}

function cutTo(clip: Clip, from: number, to: number, shift: number): Clip[] {
  const startBeat = Math.max(clip.startBeat, from)
  const endBeat = Math.min(clip.endBeat, to)
  return endBeat > startBeat ? [{ ...clip, startBeat: startBeat + shift, endBeat: endBeat + shift }] : []
}

/** Every part enters and rests elsewhere. */
function rearranged(song: Song, part: Part, random: Random): Part {
  const eighth = song.lengthBeats / 8
  const [model] = part.clips
  if (model === undefined) return part
  const clips = Array.from({ length: 8 }, (_, i) => ({
    ...model,
    startBeat: i * eighth,
    endBeat: (i + 1) * eighth,
  })).filter(() => random.chance(0.6))
  return clips.length === 0 ? part : { ...part, clips }
}

function transposed(part: Part, semitones: number): Part {
  if (part.kind === 'audio' || !isTune(part.clips)) return part
  return {
    ...part,
    clips: part.clips.map((clip) => ({
      ...clip,
      notes: clip.notes.map((note) => ({ ...note, key: note.key + semitones })),
    })),
  }
}
