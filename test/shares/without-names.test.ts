import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildReport } from '../../src/report/build-report.ts'
import { reportSchema } from '../../src/report/contract.ts'
import { withoutNames } from '../../src/shares/without-names.ts'
import { arbitrarySet } from '../als/arbitrary-set.ts'
import { exampleSet } from '../als/example-set.ts'

/** Where a Live set holds text that somebody chose. */
const CHOSEN = new Set([
  'name',
  'userName',
  'info',
  'preset',
  'trackName',
  'deviceName',
  'returnName',
  'vendor',
  'pack',
  'source',
  'target',
  'creator',
])
const CANARY = /quetzal\d+/g

/** The same set with a name of ours in every place of a name. */
function planted<T>(set: T): T {
  let count = 0
  return JSON.parse(
    JSON.stringify(set, (key, value: unknown) => {
      if (typeof value === 'string' && CHOSEN.has(key)) return `quetzal${count++}`
      if (Array.isArray(value) && key === 'takeLaneNames') return value.map(() => `quetzal${count++}`)
      return value
    }),
  )
}

test('a report without names holds none of those planted in any place of any set, and is a report all the same', async () => {
  await fc.assert(
    fc.asyncProperty(arbitrarySet, async ({ set }) => {
      const report = await buildReport(null, planted(set))
      expect(JSON.stringify(report)).toMatch(CANARY)
      const text = JSON.stringify(withoutNames(report))
      expect(text.match(CANARY) ?? []).toEqual([])
      expect(reportSchema.parse(JSON.parse(text)).set?.tracks.map(({ name }) => name)).toEqual(
        set.tracks.map((_track, index) => `T${index + 1}`),
      )
    }),
    { numRuns: 40 },
  )
})

test('what is no name stays: tracks, clips, devices, their values and the warnings about them', async () => {
  const { set } = exampleSet(12)
  const report = await buildReport(null, set)
  const nameless = withoutNames(report)
  const bass = (from: typeof report) => from.set?.tracks[2]
  expect(bass(nameless)?.devices.map(({ classLabel, parameters }) => ({ classLabel, parameters }))).toEqual(
    bass(report)?.devices.map(({ classLabel, parameters }) => ({ classLabel, parameters })),
  )
  expect(bass(nameless)?.clipList.map(({ startBeat, midi }) => ({ startBeat, midi }))).toEqual(
    bass(report)?.clipList.map(({ startBeat, midi }) => ({ startBeat, midi })),
  )
  expect(nameless.preflight?.results.map(({ title, present }) => ({ title, present }))).toEqual(
    report.preflight?.results.map(({ title, present }) => ({ title, present })),
  )
  expect(nameless.arrangement).toEqual(report.arrangement)
  expect(nameless.sha256).not.toBe(report.sha256)
})
