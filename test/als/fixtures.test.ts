import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseLiveSet } from '../../src/als/parse-live-set.ts'
import { eras } from './eras.ts'
import { exampleSet } from './example-set.ts'
import { printSet } from './print-set.ts'
import { withoutSums } from './round-trip.ts'

const path = (era: number) => join(import.meta.dirname, `fixtures/example-live-${era}.als`)

describe.each(eras)('the example set of Live %i', (era) => {
  it('is the one that scripts/als-fixtures.ts writes', () => {
    expect(gunzipSync(readFileSync(path(era))).toString()).toBe(printSet(exampleSet(era)))
  })

  it('reads as it was written, with its times at 124 BPM', async () => {
    const set = await parseLiveSet(createReadStream(path(era)))
    expect(withoutSums(set)).toEqual(withoutSums(exampleSet(era).set))
    expect(set.arrangementLengthSeconds).toBeCloseTo((128 * 60) / 124, 9)
    expect(set.locators.map(({ seconds }) => seconds)).toEqual([0, expect.closeTo((64 * 60) / 124, 9)])
    expect(set.plugins).toEqual([
      {
        format: 'VST2',
        name: 'Our Reverb',
        vendor: null,
        instrument: false,
        missing: false,
        count: 1,
        disabled: 0,
      },
    ])
    expect(set.samples).toEqual({
      total: 1,
      unique: 1,
      unnamed: 0,
      outsideProject: 0,
      byPlace: { project: 1 },
      files: [{ name: 'kick.wav', place: 'project', count: 1 }],
    })
    expect(set.notUnderstood).toEqual([])
  })
})
