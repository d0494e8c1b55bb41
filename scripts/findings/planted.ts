import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { type AudioMeasures, audioMeasuresSchema } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import type { RuleId } from '../../src/findings/contract.ts'
import { dataFolder, isHeldOut, type Master } from './masters.ts'

/** Which rule should find which planted defect. */
export const RULE_OF: Record<string, RuleId> = {
  clip: 'clipping',
  isp: 'true-peak-over',
  overlimited: 'over-limited',
  'too-quiet': 'too-quiet',
  mud: 'mud',
  harsh: 'harsh',
  boomy: 'boomy',
  dull: 'dull',
  sibilant: 'sibilant',
  thin: 'thin-low-end',
  mono: 'mono',
  'near-mono': 'too-narrow',
  'oop-bass': 'side-only-lows',
  'inverted-channel': 'inverted-polarity',
  imbalance: 'imbalance',
  'one-channel-dead': 'channel-missing',
  'dc-offset': 'dc-offset',
  'hum-50': 'hum',
  'silence-ends': 'silence-at-ends',
  clicks: 'clicks',
  dropouts: 'dropouts',
  'lossy-transcode': 'lossy-source',
  'too-wide': 'too-wide',
  'mono-incompatible': 'mono-incompatible',
  'truncated-end': 'cut-off-ending',
  'low-bit-depth': 'low-bit-depth',
  noise: 'noise-floor',
}
/** What a defect brings along, and is therefore true as well: neither a hit nor a false alarm. */
export const ALSO_TRUE: Record<string, RuleId[]> = {
  clip: ['over-limited', 'true-peak-over', 'codec-overshoot'],
  overlimited: ['true-peak-over', 'clipping', 'codec-overshoot'],
  'near-mono': ['mono'],
  mono: ['too-narrow'],
  'oop-bass': ['mono-incompatible', 'inverted-polarity', 'too-wide', 'imbalance'],
  isp: ['resonance'],
  'inverted-channel': ['mono-incompatible', 'side-only-lows', 'too-wide'],
  'mono-incompatible': ['too-wide', 'inverted-polarity', 'imbalance'],
  'too-wide': ['mono-incompatible', 'side-only-lows', 'inverted-polarity'],
  'one-channel-dead': ['imbalance', 'too-wide'],
  'lossy-transcode': ['dull', 'true-peak-over'],
  'low-bit-depth': ['noise-floor', 'dropouts'],
  'dc-offset': ['cut-off-ending', 'clicks'],
  noise: ['cut-off-ending'],
  'hum-50': ['cut-off-ending'],
  clicks: ['true-peak-over'],
}

/** Defects whose number falls as they get worse. */
export const FALLING = ['lossy-transcode', 'low-bit-depth', 'dull', 'thin', 'too-quiet', 'oop-bass']

const entrySchema = z.object({
  file: z.string(),
  base: z.string(),
  defect: z.string(),
  severity: z.number(),
})
const rowSchema = entrySchema.extend({ measures: audioMeasuresSchema })

export interface Planted {
  base: string
  defect: string
  severity: number
  /** Clean and controls: 'none'. Of the severities of a defect the smallest and the largest; 'middle' between. */
  size: 'smaller' | 'middle' | 'larger' | 'none'
  heldOut: boolean
  measures: AudioMeasures
}

const folder = process.env.TRACKSENSEI_PLANTED ?? join(tmpdir(), 'tracksensei-findings', 'planted')

/**
 * Plants every defect into one master with make_defects.py and measures what came out, unless that was done before. The
 * sound is deleted; a file of measures remains, so that rules can be judged again in seconds. Takes three minutes.
 */
export async function plantInto({ name, path }: Master, seed: string): Promise<void> {
  const kept = join(folder, `${name}.${seed}.jsonl`)
  if (existsSync(kept)) return
  const out = join(folder, `${name}.${seed}`)
  mkdirSync(out, { recursive: true })
  const script = join(dataFolder, 'scripts/make_defects.py')
  const args = ['--bases', name, '--seed', seedOf(name, seed), '--jitter', '0.2', '--fmt', 'wav']
  execFileSync('python3', [script, dirname(path), out, ...args], { stdio: 'ignore' })
  const manifest = readFileSync(join(out, 'manifest-0of1.json'), 'utf8')
  const rows: string[] = []
  for (const entry of z.array(entrySchema).parse(JSON.parse(manifest))) {
    const measures = await measureTrack(join(out, entry.file))
    rows.push(JSON.stringify({ ...entry, measures: slim(measures) }))
  }
  writeFileSync(kept, rows.join('\n'))
  rmSync(out, { recursive: true })
}

/** Another one for each master, else all of them would get the same sizes. */
function seedOf(name: string, seed: string): string {
  const number = [...name].reduce(
    (sum, letter) => (31 * sum + (letter.codePointAt(0) ?? 0)) % 9973,
    Number(seed),
  )
  return String(number + 1)
}

/** Without what no rule looks at. */
function slim(measures: AudioMeasures): AudioMeasures {
  return { ...measures, waveform: { secondsPerPoint: 1, min: [], max: [] } }
}

/** Everything that was planted so far, whoever asked for it. */
export function listPlanted(): Planted[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .map((file) => readPlanted(join(folder, file)))
    .filter((planted) => !planted.some(isMono))
    .flat()
}

/** A master that is mono is left out: half of the defects are no defects of it. */
function isMono({ defect, measures }: Planted): boolean {
  return defect === 'clean' && measures.stereo.dualMono === true
}

function readPlanted(path: string): Planted[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  const rows = lines.map((line) => rowSchema.parse(JSON.parse(line)))
  return rows.map(({ base, defect, severity, measures }) => {
    const sizes = rows.filter((other) => other.defect === defect).map((other) => other.severity)
    const at = order(defect, sizes).indexOf(severity)
    const last = at === sizes.length - 1
    const size = RULE_OF[defect] === undefined ? 'none' : last ? 'larger' : at === 0 ? 'smaller' : 'middle'
    return { base, defect, severity, size, heldOut: isHeldOut(base), measures }
  })
}

/** Sizes of a defect from harmless to bad: most grow, some shrink, some go down from zero. */
function order(defect: string, sizes: number[]): number[] {
  return sizes.toSorted((a, b) => (FALLING.includes(defect) ? b - a : a - b))
}
