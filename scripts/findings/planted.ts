import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
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

const manifestSchema = z.array(
  z.object({ file: z.string(), base: z.string(), defect: z.string(), severity: z.number() }),
)

export interface Planted {
  path: string
  base: string
  defect: string
  severity: number
  /** Clean and controls: 'none'. Of the severities of a defect the smallest and the largest; 'middle' between. */
  size: 'smaller' | 'middle' | 'larger' | 'none'
  heldOut: boolean
}

const folder = process.env.TRACKSENSEI_PLANTED ?? join(tmpdir(), 'tracksensei-findings', 'planted')

/** Plants every defect into one master with make_defects.py, unless that was done before. Takes half a minute. */
export function plantInto({ name, path }: Master, seed: string): Planted[] {
  const out = join(folder, `seed-${seed}`, name)
  if (!existsSync(join(out, 'manifest-0of1.json'))) {
    mkdirSync(out, { recursive: true })
    const script = join(dataFolder, 'scripts/make_defects.py')
    const args = [script, dirname(path), out, '--bases', name, '--seed', seed, '--jitter', '0.2']
    execFileSync('python3', args, { stdio: 'ignore' })
  }
  return readManifest(out)
}

/** Everything that was planted so far, whoever asked for it. */
export function listPlanted(): Planted[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('manifest-0of1.json'))
    .sort()
    .flatMap((file) => readManifest(dirname(join(folder, file))))
}

function readManifest(out: string): Planted[] {
  const entries = manifestSchema.parse(JSON.parse(readFileSync(join(out, 'manifest-0of1.json'), 'utf8')))
  return entries.map(({ file, base, defect, severity }) => {
    const sizes = entries.filter((other) => other.defect === defect).map((other) => other.severity)
    const at = order(defect, sizes).indexOf(severity)
    const size =
      RULE_OF[defect] === undefined
        ? 'none'
        : at === sizes.length - 1
          ? 'larger'
          : at === 0
            ? 'smaller'
            : 'middle'
    return { path: join(out, file), base, defect, severity, size, heldOut: isHeldOut(base) }
  })
}

/** Sizes of a defect from harmless to bad: most grow, some shrink, some go down from zero. */
function order(defect: string, sizes: number[]): number[] {
  const falling = ['lossy-transcode', 'low-bit-depth', 'dull', 'thin', 'too-quiet', 'oop-bass']
  return sizes.toSorted((a, b) => (falling.includes(defect) ? b - a : a - b))
}
