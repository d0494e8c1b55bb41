import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { type AudioMeasures, audioMeasuresSchema } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { isHeldOut, type Master } from './masters.ts'

/** Where in a track the two excerpts begin, in percent of its length. */
const PLACES_PERCENT = [30, 60]
const SECONDS = 30
/** Quieter tracks are no masters. */
export const LEAST_LUFS = -22
/** Shorter files are effects and jingles. */
const SHORTEST_SECONDS = 31

export interface Excerpt {
  track: string
  heldOut: boolean
  measures: AudioMeasures
}

const rowSchema = z.object({ base: z.string(), measures: audioMeasuresSchema })
const kept = process.env.TRACKSENSEI_EXCERPTS ?? join(tmpdir(), 'tracksensei-findings', 'excerpts.jsonl')

/** Cuts and measures excerpts of 30 s of each track, unless that was done before. The sound is deleted. */
export async function measureExcerpts(masters: Master[]): Promise<void> {
  const done = new Set(readExcerpts().map(({ track }) => track))
  mkdirSync(dirname(kept), { recursive: true })
  for (const { name, path } of masters) {
    const seconds = done.has(name) ? 0 : lengthOf(path)
    if (seconds < SHORTEST_SECONDS) continue
    for (const percent of PLACES_PERCENT) {
      const from = Math.min(seconds - SECONDS, (seconds * percent) / 100)
      const measures = await measureFrom(path, from)
      appendFileSync(kept, `${JSON.stringify({ base: `${name}@${percent}`, measures })}\n`)
      if (seconds < 2 * SECONDS) break
    }
  }
}

async function measureFrom(path: string, fromSeconds: number): Promise<AudioMeasures> {
  const cut = join(dirname(kept), `excerpt-${process.pid}.wav`)
  const input = ['-ss', String(fromSeconds), '-i', path, '-t', String(SECONDS)]
  const output = ['-ac', '2', '-ar', '44100', '-c:a', 'pcm_s16le', cut]
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...input, ...output])
  const measures = await measureTrack(cut)
  rmSync(cut)
  return { ...measures, waveform: { secondsPerPoint: 1, min: [], max: [] } }
}

function lengthOf(path: string): number {
  const shown = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path]
  return Number(execFileSync('ffprobe', shown, { encoding: 'utf8' }))
}

/** Every excerpt that was measured so far: clean music. */
export function readExcerpts(): Excerpt[] {
  if (!existsSync(kept)) return []
  const lines = readFileSync(kept, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const { base, measures } = rowSchema.parse(JSON.parse(line))
    const track = base.replace(/@\d+$/, '')
    return { track, heldOut: isHeldOut(track), measures }
  })
}

/** Whether a model may learn from it: a tuning track at a usual level, which is what masters are. */
export function isTuning({ heldOut, measures: { loudness } }: Excerpt): boolean {
  return !heldOut && (loudness.integratedLufs ?? -70) >= LEAST_LUFS
}
