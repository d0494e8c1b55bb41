import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { measureTrack } from '../src/audio/measure.ts'
import { ENGINE_VERSION } from '../src/audio/version.ts'
import { populationValues } from '../src/report/population-measures.ts'

/**
 * Measures a folder of music with this engine and writes the sorted values of its main numbers:
 * `node scripts/measure-population.ts FOLDER… --name 'freely licensed game tracks' --source WORDS --date 2026-11-21 --out FILE`
 */
const SHORTEST_SECONDS = 60
const SOUND = /\.(ogg|opus|flac|mp3|wav)$/i

/** The values of one track by path; a track too short to speak for music is refused. */
async function valuesOf(file: string): Promise<Record<string, number>> {
  const measures = await measureTrack(file)
  if (measures.source.durationSeconds < SHORTEST_SECONDS) throw new Error(`under ${SHORTEST_SECONDS} s`)
  const known = [...populationValues(measures)].filter(
    (entry): entry is [string, number] => entry[1] !== null,
  )
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
  const found = await valuesOf(file).catch((error: unknown) => {
    console.log(`left out: ${file}: ${error instanceof Error ? error.message : String(error)}`)
  })
  if (!found) continue
  console.log(`${++count}: ${file}`)
  for (const [name, value] of Object.entries(found)) values[name] = [...(values[name] ?? []), value]
}
for (const list of Object.values(values)) list.sort((a, b) => a - b)
const population = {
  name: option('--name'),
  source: option('--source'),
  engineVersion: ENGINE_VERSION,
  measuredAt: option('--date'),
  n: count,
  values,
}
writeFileSync(option('--out'), `${JSON.stringify(population)}\n`)
