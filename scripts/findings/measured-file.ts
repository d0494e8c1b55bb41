import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AudioMeasures, audioMeasuresSchema } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { ENGINE_VERSION } from '../../src/audio/version.ts'

const folder = join(tmpdir(), 'tracksensei-findings', `measures-${ENGINE_VERSION}`)

/** The measures of a file, from the cache when the same bytes were measured by this version of the engine before. */
export async function measuredFile(path: string): Promise<AudioMeasures> {
  const name = join(
    folder,
    `${createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 32)}.json`,
  )
  if (existsSync(name)) return audioMeasuresSchema.parse(JSON.parse(readFileSync(name, 'utf8')))
  const measures = await measureTrack(path)
  mkdirSync(folder, { recursive: true })
  writeFileSync(name, JSON.stringify(measures))
  return measures
}
