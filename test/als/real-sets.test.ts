import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { liveSetSchema } from '../../src/als/contract.ts'
import { parseLiveSet } from '../../src/als/parse-live-set.ts'
import { Comparison } from './compare-truth.ts'
import { setFolder, whyAbsent } from './data-folder.ts'
import { readTruth } from './truth.ts'

const files = setFolder === undefined ? [] : readdirSync(setFolder).filter((name) => name.endsWith('.als'))

describe('real sets of Live 8 to 12', () => {
  it.skipIf(setFolder === undefined)(`are there to be read (${whyAbsent})`, () => {
    expect(files.length).toBeGreaterThanOrEqual(16)
  })

  it.each(files)('%s agrees with what an independent reader found, in every field', async (name) => {
    const path = join(setFolder ?? '', name)
    const set = await parseLiveSet(createReadStream(path))
    const comparison = new Comparison()
    comparison.set(set, readTruth(path.replace(/\.als$/, '.truth.json')))
    expect(comparison.differences).toEqual([])
    expect(comparison.fields).toBeGreaterThan(60)
  })

  it.each(files)('%s holds the contract, knows every element it meets and names no folder', async (name) => {
    const set = await parseLiveSet(createReadStream(join(setFolder ?? '', name)))
    expect(liveSetSchema.parse(set)).toEqual(set)
    expect(set.notUnderstood).toEqual([])
    const text = JSON.stringify(set)
    expect(text).not.toMatch(/\/Users\/|[A-Z]:[\\/]Users|\/home\/|\/Volumes\//)
    expect(JSON.parse(text)).toEqual(set)
  })
})
