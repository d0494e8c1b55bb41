import { afterAll, describe, expect, test } from 'vitest'
import { measureTrack } from '../../src/audio/measure.ts'
import { buildReport } from '../../src/report/build-report.ts'
import { reportSchema } from '../../src/report/contract.ts'
import freeGameMusic from '../../src/report/free-game-music.json' with { type: 'json' }
import { percentileIn, percentileInNormal } from '../../src/report/population.ts'
import { bandStandings, standingWords } from '../../web/report/population-words.ts'
import { noise, scaled, stereo } from '../audio/signals.ts'
import { soundFolder, writeWav } from '../audio/sound-files.ts'

const RATE = 48_000
const folder = soundFolder()
afterAll(folder.remove)

async function reportOf(name: string, channels: Float64Array[]) {
  return buildReport(await measureTrack(writeWav(folder.path(name), channels, { sampleRateHz: RATE })), null)
}

const hundred = Array.from({ length: 100 }, (_, i) => i + 1)

describe('a percentile in a measured population', () => {
  test.each([
    [0, 0],
    [1, 0.5],
    [50, 49.5],
    [50.5, 50],
    [100, 99.5],
    [101, 100],
  ])('of 1 to 100: %d stands at %d', (value, percentile) => {
    expect(percentileIn(hundred, value)).toBe(percentile)
  })

  test('counts equals half, so a number that all share stands in the middle', () => {
    expect(percentileIn(new Array(40).fill(-9), -9)).toBe(50)
  })

  test('is null without a number, and among fewer than 30 tracks', () => {
    expect(percentileIn(hundred, null)).toBeNull()
    expect(percentileIn(hundred.slice(0, 29), 15)).toBeNull()
    expect(percentileIn(hundred.slice(0, 30), 15.5)).toBe(50)
  })
})

describe('a percentile in an assumed normal distribution', () => {
  // Tables of the normal distribution: 84.13 % below one standard deviation, 69.15 % below half of one.
  test.each([
    [-8.3, 50],
    [-7.3, 84],
    [-9.3, 16],
    [-7.8, 69],
    [-6.3, 98],
  ])('of −8.3 ± 1: %d stands at %d', (value, percentile) => {
    expect(percentileInNormal(-8.3, 1, value)).toBe(percentile)
  })

  test('does not speak of the tails, and is null without a number', () => {
    expect([-30, 0, null].map((value) => percentileInNormal(-8.3, 1, value))).toEqual([1, 99, null])
  })
})

describe('the population that was measured', () => {
  test('has as many rising values of each number as it says', () => {
    for (const [path, values] of Object.entries(freeGameMusic.values)) {
      expect(values, path).toHaveLength(freeGameMusic.n)
      expect(values, path).toEqual(values.toSorted((a, b) => a - b))
    }
  })
})

describe('a report', async () => {
  const hiss = noise(4 * RATE, 1)
  const loud = await reportOf('loud.wav', [scaled(hiss, -1), scaled(noise(4 * RATE, 2), -1)])
  const quiet = await reportOf('quiet.wav', stereo(scaled(hiss, -50)))
  const silent = await reportOf('silent.wav', stereo(new Float64Array(4 * RATE)))
  const integrated = (report: typeof loud) =>
    report.populations?.map(({ standings }) => standings.find(({ path }) => path.endsWith('integratedLufs')))

  test('places the loudest hiss above, and a hiss 50 dB down below all measured tracks', () => {
    expect(reportSchema.safeParse(loud).success).toBe(true)
    expect(integrated(loud)?.map((one) => one?.percentile)).toEqual([100, 99])
    expect(integrated(quiet)?.map((one) => one?.percentile)).toEqual([0, 1])
  })

  test('names every number with its population, and nothing stands anywhere in silence', () => {
    const paths = loud.populations?.[0]?.standings.map(({ path }) => path) ?? []
    expect(paths).toHaveLength(15)
    expect(paths).toContain('spectrum.bands[6].shareDb')
    expect(silent.populations?.flatMap((one) => one.standings.map(({ percentile }) => percentile))).toEqual(
      new Array(16).fill(null),
    )
  })

  test('without audio has none', async () => {
    expect((await buildReport(null, null)).populations).toBeNull()
  })

  test('says in words among how many of what', () => {
    expect(standingWords(loud, 'loudness.integratedLufs')).toEqual([
      expect.stringMatching(/^Louder than all of 154 freely licensed game tracks\. .*not charts\.$/),
      expect.stringMatching(
        /^Louder than nearly all of the charting electronic tracks, number not published\./,
      ),
      expect.stringContaining('218,109 uploads'),
    ])
    expect(standingWords(silent, 'loudness.integratedLufs')).toEqual([])
    expect(standingWords(loud, 'peaks.truePeakDbtp')).toEqual([])
  })

  test('says of a band only what is known', () => {
    expect(bandStandings(loud)?.shares[6]).toBe('all of')
    expect(bandStandings(silent)).toBeNull()
  })
})
