import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LiveSet } from '../../../src/als/contract.ts'
import type { AudioMeasures } from '../../../src/audio/contract.ts'
import { measureTrack } from '../../../src/audio/measure.ts'
import { printAndParse } from '../../als/round-trip.ts'
import { exportSet } from './export-set.ts'
import { planSong } from './plan-song.ts'
import {
  carries,
  type DefectKind,
  type Energies,
  energiesOf,
  type Planted,
  plantDefect,
} from './plant-defect.ts'
import { type Desk, finishMix, mixPart, renderPart, songFrames, writeWav } from './render-song.ts'
import type { Part, Song } from './song.ts'
import { peakOf, SAMPLE_RATE_HZ, type Sound, silence } from './voices.ts'

/** A song as the product meets it: what its set says and what its mix measures. And the truth, for the judge alone. */
export interface StudioCase {
  song: Song
  set: LiveSet
  audio: AudioMeasures
  planted: Planted | null
  /** Parts that hold a tenth of some band or more: without them the mix is another. Muted ones as if they were not. */
  carrying: string[]
  /** Seconds of the song at which the bounce begins; negative when silence comes first. */
  bounceStartSeconds: number
}

export interface Bounce {
  startSeconds: number
  endSeconds: number | null
}

export const WHOLE: Bounce = { startSeconds: 0, endSeconds: null }

/** Peak of the sum before the main track's devices, dBFS. */
const MIX_PEAK_DBFS = -1.5

/** @returns null when this song cannot carry the defect so that it is heard */
export async function makeCase(
  seed: number,
  defect: { kind: DefectKind; shownBySet: boolean } | null,
  bounce: Bounce = WHOLE,
  change: (song: Song) => Song = (song) => song,
): Promise<StudioCase | null> {
  const draft = change(planSong(seed))
  const desk: Desk = { dry: silence(songFrames(draft)), send: silence(songFrames(draft)) }
  const energies: Energies[] = []
  const heard: Energies[] = []
  for (const part of draft.parts) {
    const sound = renderPart(draft, part)
    mixPart(desk, draft, part, sound, 1)
    const own = energiesOf(draft, part, sound)
    const unmuted = { ...part, muted: false }
    energies.push(own)
    heard.push(part.muted ? energiesOf(draft, unmuted, renderPart(draft, unmuted)) : own)
  }
  const song = level(draft, desk)
  const carrying = song.parts.flatMap(({ id }, index) => (carries(heard, index) ? [id] : []))
  if (defect === null) return finish(song, desk, null, bounce, carrying)
  const planted = plantDefect(song, defect.kind, defect.shownBySet, energies)
  if (planted === null) return null
  for (const [index, part] of song.parts.entries())
    exchange(song, desk, part, planted.song.parts[index] ?? part)
  return finish(planted.song, desk, planted.planted, bounce, carrying)
}

/** Moves all faders alike, so that the sum stays just below full scale. */
function level(song: Song, desk: Desk): Song {
  const shiftDb = Math.round(10 * (MIX_PEAK_DBFS - 20 * Math.log10(Math.max(1e-6, peakOf(desk.dry))))) / 10
  const gain = 10 ** (shiftDb / 20)
  for (const channel of [desk.dry.left, desk.dry.right, desk.send.left, desk.send.right])
    for (let i = 0; i < channel.length; i++) channel[i] = (channel[i] ?? 0) * gain
  return {
    ...song,
    parts: song.parts.map((part) => ({ ...part, volumeDb: Math.round(10 * (part.volumeDb + shiftDb)) / 10 })),
  }
}

function exchange(song: Song, desk: Desk, before: Part, after: Part): void {
  if (before === after) return
  mixPart(desk, song, before, renderPart(song, before), -1)
  mixPart(desk, song, after, renderPart(song, after), 1)
}

async function finish(
  song: Song,
  desk: Desk,
  planted: Planted | null,
  bounce: Bounce,
  carrying: string[],
): Promise<StudioCase> {
  const mix = finishMix(desk, song)
  const audio = await measureMix(mix, bounce)
  const set = await printAndParse(exportSet(song))
  return { song, set, audio, planted, carrying, bounceStartSeconds: bounce.startSeconds }
}

async function measureMix(mix: Sound, { startSeconds, endSeconds }: Bounce): Promise<AudioMeasures> {
  const folder = mkdtempSync(join(tmpdir(), 'tracksensei-studio-'))
  try {
    const from = Math.round(startSeconds * SAMPLE_RATE_HZ)
    const to = endSeconds === null ? mix.left.length : Math.round(endSeconds * SAMPLE_RATE_HZ)
    const path = join(folder, 'bounce.wav')
    writeFileSync(path, writeWav(mix, from, to - from))
    return await measureTrack(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
