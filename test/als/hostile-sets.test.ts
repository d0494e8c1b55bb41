import { execFileSync } from 'node:child_process'
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { liveSetSchema } from '../../src/als/contract.ts'
import { LiveSetError } from '../../src/als/errors.ts'
import { parseLiveSet } from '../../src/als/parse-live-set.ts'
import { setFolder, whyAbsent } from './data-folder.ts'

const LONGEST_MS = 2000
const expectSchema = z.record(z.string(), z.object({ expect: z.string(), why: z.string() }))

const folder = mkdtempSync(join(tmpdir(), 'hostile-sets-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What each kind deserves; without the data folder there is nothing to generate them with. */
const kinds =
  setFolder === undefined || !existsSync(join(setFolder, 'bad.py'))
    ? []
    : Object.entries(expectSchema.parse(JSON.parse(readFileSync(join(setFolder, 'bad-expect.json'), 'utf8'))))

async function outcomeOf(path: string): Promise<'accept' | 'reject'> {
  const start = performance.now()
  const inTime = () => expect(performance.now() - start).toBeLessThan(LONGEST_MS)
  try {
    const set = await parseLiveSet(createReadStream(path))
    inTime()
    expect(liveSetSchema.parse(set)).toEqual(set)
    expect(JSON.parse(JSON.stringify(set))).toEqual(set)
    return 'accept'
  } catch (error) {
    if (!(error instanceof LiveSetError)) throw error
    inTime()
    expect(error.code).toMatch(/^als\/[a-z-]+$/)
    return 'reject'
  }
}

describe.skipIf(kinds.length === 0)('hostile and broken sets', () => {
  beforeAll(() => {
    execFileSync('python3', [join(setFolder ?? '', 'bad.py'), folder])
  })

  it(`are of 37 kinds and 3 controls (${whyAbsent})`, () => {
    expect(kinds).toHaveLength(40)
  })

  it.each(kinds)('%s gets what it deserves within 2 s', async (name, { expect: deserved }) => {
    const outcome = await outcomeOf(join(folder, name))
    const allowed = deserved === 'decide' ? ['accept'] : deserved.split('-or-')
    expect(allowed).toContain(outcome)
  })

  it('read numbers that are none as null, and say so', async () => {
    const name = kinds.find(([each]) => each.includes('absurd-numbers'))?.[0] ?? ''
    const set = await parseLiveSet(createReadStream(join(folder, name)))
    expect(set.tempoBpm).toBeNull()
    expect(set.timeSignature).toBeNull()
    const volumes = set.tracks.filter(({ name: text }) => /NaN|Infinity|e999|abc|0x|,|=$|-1$/.test(text))
    expect(volumes.map(({ volumeDb }) => volumeDb)).toEqual(volumes.map(() => null))
    expect(set.notUnderstood.map(({ where }) => where)).toEqual(expect.arrayContaining(['Volume', 'Tempo']))
  })

  it('keep hostile names as data: whole, harmless to show, and short', async () => {
    const name = kinds.find(([each]) => each.includes('hostile-names'))?.[0] ?? ''
    const names = (await parseLiveSet(createReadStream(join(folder, name)))).tracks.map((track) => track.name)
    expect(names).toEqual(
      expect.arrayContaining([
        '<script>alert(1)</script>',
        '__proto__',
        'constructor',
        'gnp.exe',
        '😀🥁🔥',
        'A'.repeat(255),
      ]),
    )
    for (const each of names) {
      expect(each.length).toBeLessThanOrEqual(255)
      expect(each).not.toMatch(/[\p{Cc}\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u)
      expect(each.normalize('NFC')).toBe(each)
    }
  })
})
