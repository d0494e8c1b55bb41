import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { AudioMeasures } from '../src/audio/contract.ts'
import { measureTrack } from '../src/audio/measure.ts'
import { ENGINE_VERSION } from '../src/audio/version.ts'

/**
 * Measures a folder of music with this engine and writes the sorted values of its main numbers:
 * `node scripts/measure-population.ts FOLDER… --date 2026-11-21 --out FILE`
 */
const SHORTEST_SECONDS = 60
const SOUND = /\.(ogg|opus|flac|mp3|wav)$/i

const MEASURES: Record<string, (measures: AudioMeasures) => number | null | undefined> = {
  'loudness.integratedLufs': (one) => one.loudness.integratedLufs,
  'loudness.rangeLu': (one) => one.loudness.rangeLu,
  'dynamics.plrDb': (one) => one.dynamics.plrDb,
  'dynamics.psrMinDb': (one) => one.dynamics.psrMinDb,
  'dynamics.crestDb': (one) => one.dynamics.crestDb,
  'spectrum.tiltDbPerOctave': (one) => one.spectrum.tiltDbPerOctave,
  'stereo.correlation': (one) => one.stereo.correlation,
  'stereo.widthDb': (one) => one.stereo.widthDb,
}

/** The values of one track by path; undefined when it is too short to speak for music. */
async function valuesOf(file: string): Promise<Record<string, number> | undefined> {
  const measures = await measureTrack(file)
  if (measures.source.durationSeconds < SHORTEST_SECONDS) return undefined
  const bands = measures.spectrum.bands.map((band, i) => [`spectrum.bands[${i}].shareDb`, band.shareDb])
  const main = Object.entries(MEASURES).map(([name, read]) => [name, read(measures)])
  const known = [...main, ...bands].filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  return Object.fromEntries(known.map(([name, value]) => [name, Math.round(value * 100) / 100]))
}

function listSounds(folders: string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
    )
    .filter((file) => SOUND.test(file))
    .toSorted()
}

const args = process.argv.slice(2)
const option = (name: string) => args[args.indexOf(name) + 1] ?? ''
const folders = args.slice(
  0,
  args.findIndex((arg) => arg.startsWith('--')),
)
const values: Record<string, number[]> = {}
let count = 0
for (const file of listSounds(folders)) {
  const found = await valuesOf(file).catch(() => undefined)
  console.log(found === undefined ? `left out: ${file}` : `${++count}: ${file}`)
  for (const [name, value] of Object.entries(found ?? {})) values[name] = [...(values[name] ?? []), value]
}
for (const list of Object.values(values)) list.sort((a, b) => a - b)
const population = { engineVersion: ENGINE_VERSION, measuredAt: option('--date'), n: count, values }
writeFileSync(option('--out'), `${JSON.stringify(population)}\n`)
