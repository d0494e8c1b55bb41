import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type AudioMeasures, type Section, sectionSchema } from '../src/audio/contract.ts'
import { measureTrack } from '../src/audio/measure.ts'

/**
 * How often tempo, key, beats, bars and sections are right, on real music with known truth and on tracks generated now.
 * Two columns: music that the weights were fitted to, and what they never saw (a third of the music, and every track of
 * a seed that was not used). Usage: npm run bench:accuracy [-- SEED…]   (default: seed 21; each takes about a minute)
 * The data is found by TRACKSENSEI_DATA; generating needs python3 with numpy.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const data = join(process.env.TRACKSENSEI_DATA ?? join(root, '../shared/data'), 'audio')
/** Seeds whose tracks were used for fitting. */
const FITTED_SEEDS = ['101', '102', '103', '104', '105', '106', '107', '108', '109']

const trackSchema = z.object({
  file: z.string(),
  kind: z.string(),
  bpm: z.number().nullable(),
  key: z.string().nullable(),
  constant_tempo: z.boolean().optional(),
  time_signature: z.string().nullish(),
  beats: z.array(z.number()).optional(),
  downbeats: z.array(z.number()).optional(),
  sections: z.array(z.object({ start: z.number(), end: z.number(), name: z.string() })).optional(),
})
type Track = z.infer<typeof trackSchema>

interface Result {
  track: Track
  heldOut: boolean
  measures: AudioMeasures
}

/** Every third file by its name: these were left out of the fit. */
function isHeldOut(file: string): boolean {
  let hash = 7
  for (const character of file) hash = (hash * 31 + character.charCodeAt(0)) >>> 0
  return hash % 3 === 0
}

async function measureAll(
  manifest: string,
  folder: string,
  heldOut: (track: Track) => boolean,
): Promise<Result[]> {
  const results: Result[] = []
  for (const track of z.array(trackSchema).parse(JSON.parse(readFileSync(manifest, 'utf8')))) {
    results.push({ track, heldOut: heldOut(track), measures: await measureTrack(join(folder, track.file)) })
  }
  return results
}

async function generated(seed: string): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tracksensei-accuracy-'))
  try {
    execFileSync('python3', [join(data, 'scripts/synth_tracks.py'), folder, '--seed', seed], {
      stdio: 'ignore',
    })
    const manifest = readdirSync(folder).find((name) => name.startsWith('manifest')) ?? ''
    return await measureAll(join(folder, manifest), folder, () => !FITTED_SEEDS.includes(seed))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const OCTAVES = [1, 2, 1 / 2, 3, 1 / 3]
const within = (measured: number | undefined, truth: number, share: number) =>
  measured !== undefined && Math.abs(measured / truth - 1) <= share

/** Share of the results for which something holds, as text; a dash where there are none. */
function share(results: Result[], holds: (result: Result) => boolean): string {
  if (results.length === 0) return '–'
  return `${((100 * results.filter(holds).length) / results.length).toFixed(1)} % of ${results.length}`
}

function mean(values: number[]): string {
  return values.length === 0
    ? '–'
    : (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3)
}

/** F-measure of events that may each be matched once, within a tolerance. */
function fMeasure(found: readonly number[], truth: readonly number[], toleranceSeconds: number): number {
  const open = new Set(truth.keys())
  let hits = 0
  for (const time of found) {
    const near = [...open].filter((i) => Math.abs((truth[i] ?? 0) - time) <= toleranceSeconds)
    const [best] = near.sort((a, b) => Math.abs((truth[a] ?? 0) - time) - Math.abs((truth[b] ?? 0) - time))
    if (best === undefined) continue
    open.delete(best)
    hits++
  }
  return found.length + truth.length === 0 ? 1 : (2 * hits) / (found.length + truth.length)
}

/** MIREX weights: fifth 0.5, relative 0.3, parallel 0.2. */
function keyWeight(measured: string | null | undefined, truth: string): number {
  const notes = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B']
  const parse = (key: string) => ({
    tonic: notes.indexOf(key.split(' ')[0] ?? ''),
    minor: key.endsWith('minor'),
  })
  if (!measured) return 0
  const a = parse(measured)
  const b = parse(truth)
  const interval = (a.tonic - b.tonic + 12) % 12
  if (a.minor === b.minor) return interval === 0 ? 1 : interval === 5 || interval === 7 ? 0.5 : 0
  if (interval === (b.minor ? 3 : 9)) return 0.3
  return interval === 0 ? 0.2 : 0
}

type Row = readonly [name: string, value: (results: Result[]) => string]

const octaveRight = (result: Result, tolerance: number) =>
  OCTAVES.some((octave) =>
    within(result.measures.rhythm?.tempoBpm, (result.track.bpm ?? 0) * octave, tolerance),
  )
const tempoRight = (result: Result) => within(result.measures.rhythm?.tempoBpm, result.track.bpm ?? 0, 0.04)
const sureOfTempo = (result: Result) => (result.measures.rhythm?.confidence ?? 0) >= 0.8
const sureOfKey = (result: Result) => (result.measures.tonality?.confidence ?? 0) >= 0.8
const keyRight = (result: Result) => result.measures.tonality?.key === result.track.key
const withTempo = (results: Result[]) =>
  results.filter(({ track }) => track.bpm !== null && track.constant_tempo !== false)
/** The octave of tracker modules is an assumption of the truth: they count for the other two rows alone. */
const withOctave = (results: Result[]) => withTempo(results).filter(({ track }) => track.kind !== 'module')
const withKey = (results: Result[]) => results.filter(({ track }) => track.key !== null)

const ROWS: Row[] = [
  ['tempo, Acc1 (±4 %)', (all) => share(withOctave(all), tempoRight)],
  ['tempo, Acc2 (any octave)', (all) => share(withTempo(all), (result) => octaveRight(result, 0.04))],
  ['tempo within 0.5 %, any octave', (all) => share(withTempo(all), (result) => octaveRight(result, 0.005))],
  ['tempo, sure (≥ 0.8)', (all) => share(withOctave(all), sureOfTempo)],
  ['tempo, Acc1 of the sure', (all) => share(withOctave(all).filter(sureOfTempo), tempoRight)],
  ['key, exact', (all) => share(withKey(all), keyRight)],
  [
    'key, MIREX-weighted',
    (all) =>
      mean(withKey(all).map(({ track, measures }) => keyWeight(measures.tonality?.key, track.key ?? ''))),
  ],
  ['key, sure (≥ 0.8)', (all) => share(withKey(all), sureOfKey)],
  ['key, exact of the sure', (all) => share(withKey(all).filter(sureOfKey), keyRight)],
  ['beats, F at 70 ms', (all) => mean(timed(all, 'beats', ({ rhythm }) => rhythm?.beatsSeconds, 0.07))],
  [
    'downbeats, F at 70 ms',
    (all) => mean(timed(all, 'downbeats', ({ rhythm }) => rhythm?.downbeatsSeconds, 0.07)),
  ],
  [
    'meter, of generated tracks',
    (all) =>
      share(
        all.filter(({ track }) => track.kind === 'synth'),
        ({ track, measures }) => measures.rhythm?.meter?.name === track.time_signature,
      ),
  ],
  ['section borders, F at 3 s', (all) => mean(borders(all))],
  ['section labels', (all) => labels(all)],
]

function timed(
  results: Result[],
  truth: 'beats' | 'downbeats',
  found: (measures: AudioMeasures) => number[] | undefined,
  toleranceSeconds: number,
): number[] {
  return results.flatMap(({ track, measures }) => {
    const times = track[truth]
    return times === undefined ? [] : [fMeasure(found(measures) ?? [], times, toleranceSeconds)]
  })
}

function borders(results: Result[]): number[] {
  return results.flatMap(({ track, measures }) => {
    if (track.sections === undefined) return []
    const truth = track.sections.slice(1).map(({ start }) => start)
    const found = (measures.structure?.sections ?? []).slice(1).map(({ startSeconds }) => startSeconds)
    return [fMeasure(found, truth, 3)]
  })
}

/** How often the section that covers most of a true one has its name, where we have a word for it. */
function labels(results: Result[]): string {
  const words = new Set<string>(sectionSchema.shape.label.options)
  const named = results.flatMap(({ track, measures }) =>
    (track.sections ?? [])
      .filter(({ name }) => words.has(name))
      .map(({ start, end, name }) => {
        const shared = (section: Section) =>
          Math.min(end, section.endSeconds) - Math.max(start, section.startSeconds)
        const [best] = (measures.structure?.sections ?? []).toSorted((a, b) => shared(b) - shared(a))
        return best?.label === name
      }),
  )
  if (named.length === 0) return '–'
  return `${((100 * named.filter(Boolean).length) / named.length).toFixed(1)} % of ${named.length}`
}

if (!existsSync(join(data, 'music.json'))) {
  console.log(`No data at ${data}: set TRACKSENSEI_DATA to the folder that holds audio/music.json.`)
} else {
  const seeds = process.argv.length > 2 ? process.argv.slice(2) : ['21']
  const results = await measureAll(join(data, 'music.json'), data, ({ file }) => isHeldOut(file))
  for (const seed of seeds) results.push(...(await generated(seed)))
  const columns = [
    ['music, fitted', results.filter(({ track, heldOut }) => track.kind !== 'synth' && !heldOut)],
    ['music, held out', results.filter(({ track, heldOut }) => track.kind !== 'synth' && heldOut)],
    ['generated, held out', results.filter(({ track, heldOut }) => track.kind === 'synth' && heldOut)],
  ] as const
  console.log(''.padEnd(34) + columns.map(([name]) => name.padEnd(22)).join(''))
  for (const [name, value] of ROWS) {
    console.log(name.padEnd(34) + columns.map(([, set]) => value(set).padEnd(22)).join(''))
  }
}
