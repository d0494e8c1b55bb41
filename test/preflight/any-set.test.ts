import { createReadStream, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLiveSet } from '../../src/als/parse-live-set.ts'
import { preflightSchema } from '../../src/preflight/contract.ts'
import { preflight } from '../../src/preflight/preflight.ts'
import { RULES } from '../../src/preflight/rules.ts'
import { arbitrarySet } from '../als/arbitrary-set.ts'
import { setFolder, whyAbsent } from '../als/data-folder.ts'

const files = setFolder === undefined ? [] : readdirSync(setFolder).filter((name) => name.endsWith('.als'))

/** A rule that fires on most sets says nothing. */
const MOST_SHARE = 0.34

describe('preflight on real sets', () => {
  it.skipIf(setFolder === undefined)(`has them (${whyAbsent})`, () => {
    expect(files.length).toBeGreaterThanOrEqual(16)
  })

  it.each(files)('%s is judged the same twice, within the contract', async (name) => {
    const set = await parseLiveSet(createReadStream(join(setFolder ?? '', name)))
    const before = structuredClone(set)
    const result = preflight(set)
    expect(preflightSchema.parse(result)).toEqual(result)
    expect(preflight(set)).toEqual(result)
    expect(JSON.stringify(set)).toBe(JSON.stringify(before))
  })

  it.skipIf(setFolder === undefined)(
    'no rule fires on a third of them, and none calls one of them wrong',
    async () => {
      const fired = new Map<string, number>()
      for (const name of files) {
        const { results } = preflight(await parseLiveSet(createReadStream(join(setFolder ?? '', name))))
        expect(results.filter(({ severity }) => severity === 'serious')).toEqual([])
        for (const rule of new Set(results.map(({ rule }) => rule)))
          fired.set(rule, (fired.get(rule) ?? 0) + 1)
      }
      for (const [rule, times] of fired) expect(times / files.length, rule).toBeLessThan(MOST_SHARE)
    },
  )
})

describe('preflight on generated sets', () => {
  it('never fails and holds its contract', () => {
    fc.assert(
      fc.property(arbitrarySet, ({ set }) => {
        const result = preflight(set)
        expect(preflightSchema.parse(result)).toEqual(result)
      }),
      { numRuns: 200 },
    )
  })
})

describe('docs/preflight.md', () => {
  it('lists every rule', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/preflight.md'), 'utf8')
    const listed = [...page.matchAll(/^\| (set-[a-z-]+) \|/gm)].map(([, id]) => id)
    expect(listed).toEqual(RULES.map(({ id }) => id))
  })
})
