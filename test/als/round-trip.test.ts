import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { liveSetSchema } from '../../src/als/contract.ts'
import { arbitrarySet } from './arbitrary-set.ts'
import { printAndParse, sumsOf, withoutSums } from './round-trip.ts'

const CASES = 300
const SEED = 20_261_121

describe('a set written in the shape of Live 8, 9, 10, 11 or 12', () => {
  it(`is read back as it was written, in ${CASES} cases`, async () => {
    const property = fc.asyncProperty(
      arbitrarySet,
      fc.integer({ min: 1, max: 70_000 }),
      async (written, pieceBytes) => {
        const set = await printAndParse(written, pieceBytes)
        expect(withoutSums(set)).toEqual(withoutSums(written.set))
        const sums = sumsOf(written.set)
        expect(set.plugins.reduce((sum, { count }) => sum + count, 0)).toBe(sums.plugins)
        expect([set.samples.total, set.samples.outsideProject]).toEqual([sums.samples, sums.outside])
        expect(set.notUnderstood).toEqual(
          sums.unknown === 0
            ? []
            : [{ kind: 'device', name: 'FutureDevice', where: 'Devices', count: sums.unknown }],
        )
        expect(liveSetSchema.safeParse(set).error).toBeUndefined()
      },
    )
    await fc.assert(property, { numRuns: CASES, seed: SEED })
  })
})
