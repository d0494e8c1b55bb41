import { afterAll, describe, expect, it } from 'vitest'
import { measureTrack } from '../../src/audio/measure.ts'
import { faded, scaled, stereo, tone } from './signals.ts'
import { soundFolder, type WavOptions, writeWav } from './sound-files.ts'

// Expected values and signals: EBU Tech 3341 (2023) table 1. The engine claims ±0.05 LU where the table allows ±0.1.
const TOLERANCE_LU = 0.05
const folder = soundFolder()
afterAll(folder.remove)

let count = 0
function measured(channels: Float64Array[], options: WavOptions) {
  return measureTrack(writeWav(folder.path(`${count++}.wav`), channels, options))
}

function near(actual: number | null, expected: number, tolerance = TOLERANCE_LU) {
  expect(actual).not.toBeNull()
  expect(Math.abs((actual ?? 0) - expected)).toBeLessThanOrEqual(tolerance)
}

describe.each([44_100, 48_000, 96_000])('at %i Hz, EBU Tech 3341', (sampleRateHz) => {
  const of = (...segments: [number, number | null][]) =>
    measured(stereo(tone(sampleRateHz, segments)), { sampleRateHz, bits: 16 })

  it.each([
    [1, -23],
    [2, -33],
  ])('case %i reads a steady tone as %f LUFS in all three loudnesses', async (_, level) => {
    const { loudness } = await of([20, level])
    near(loudness.integratedLufs, level)
    near(loudness.shortTermMaxLufs, level)
    near(loudness.momentaryMaxLufs, level)
  })

  it('case 3 gates the quiet parts away', async () => {
    near((await of([10, -36], [60, -23], [10, -36])).loudness.integratedLufs, -23)
  })

  it('case 4 gates the very quiet and the quiet parts away', async () => {
    near((await of([10, -72], [10, -36], [60, -23], [10, -36], [10, -72])).loudness.integratedLufs, -23)
  })

  it('case 5 averages energies', async () => {
    near((await of([20, -26], [20.1, -20], [20, -26])).loudness.integratedLufs, -23)
  })

  it('case 6 weights the surround channels of a 5.0 file', async () => {
    const full = tone(sampleRateHz, [[20, 0]])
    const channels = [-28, -28, -24, -30, -30].map((level) => scaled(full, level))
    near((await measured(channels, { sampleRateHz, bits: 16, mask: 0x37 })).loudness.integratedLufs, -23)
  })

  it('case 6 in 5.1 ignores a loud low-frequency channel', async () => {
    const full = tone(sampleRateHz, [[20, 0]])
    const channels = [-28, -28, -24, -10, -30, -30].map((level) => scaled(full, level))
    near((await measured(channels, { sampleRateHz, bits: 16, mask: 0x3f })).loudness.integratedLufs, -23)
  })

  it('case 9 keeps short-term loudness constant over a 3 s pattern', async () => {
    const { loudness } = await of(
      ...Array.from({ length: 5 }, (): [number, number][] => [
        [1.34, -20],
        [1.66, -30],
      ]).flat(),
    )
    const settled = loudness.curve.shortTermLufs.slice(30)
    expect(settled.length).toBeGreaterThan(100)
    for (const value of settled) near(value, -23)
  })

  it('case 10 finds the short-term maximum of a 3 s burst wherever it starts', async () => {
    for (const start of [0.15, 1.35, 2.85]) {
      near((await of([start, null], [3, -23], [1, null])).loudness.shortTermMaxLufs, -23)
    }
  })

  it('case 12 keeps momentary loudness constant over a 0.4 s pattern', async () => {
    const { loudness } = await of(
      ...Array.from({ length: 25 }, (): [number, number][] => [
        [0.18, -20],
        [0.22, -30],
      ]).flat(),
    )
    const settled = loudness.curve.momentaryLufs.slice(10)
    expect(settled.length).toBeGreaterThan(80)
    for (const value of settled) near(value, -23)
  })

  it('case 13 finds the momentary maximum of a 0.4 s burst wherever it starts', async () => {
    for (const start of [0.02, 0.14, 0.38]) {
      near((await of([start, null], [0.4, -23], [1, null])).loudness.momentaryMaxLufs, -23)
    }
  })

  it('case 11 reaches the loudest of twenty growing 3 s bursts', async () => {
    const bursts = Array.from({ length: 20 }, (_, i): [number, number | null][] => [
      [i * 0.15, null],
      [3, -38 + i],
      [3 - i * 0.15, null],
    ])
    near((await of(...bursts.flat())).loudness.shortTermMaxLufs, -19)
  })

  it('case 14 reaches the loudest of twenty growing 0.4 s bursts', async () => {
    const bursts = Array.from({ length: 20 }, (_, i): [number, number | null][] => [
      [i * 0.02, null],
      [0.4, -38 + i],
      [0.4 - i * 0.02, null],
    ])
    near((await of(...bursts.flat())).loudness.momentaryMaxLufs, -19)
  })

  it.each([
    [15, 4, 0.5, 0, -6],
    [16, 4, 0.5, 45, -6],
    [17, 6, 0.5, 60, -6],
    [18, 8, 0.5, 67.5, -6],
    [19, 4, 1.41, 45, 3],
  ])('case %i finds a true peak between the samples', async (_, divisor, amplitude, phase, expected) => {
    const length = sampleRateHz / 2
    const sine = Float64Array.from(
      { length },
      (_, i) => amplitude * Math.sin((2 * Math.PI * i) / divisor + (phase * Math.PI) / 180),
    )
    const { peaks } = await measured(stereo(faded(sine, sampleRateHz)), { sampleRateHz })
    expect(peaks.truePeakDbtp).toBeGreaterThanOrEqual(expected - 0.2)
    expect(peaks.truePeakDbtp).toBeLessThanOrEqual(expected + 0.1)
  })

  it.each([0, 1, 2, 3])(
    'cases 20–23 find a single full-scale period sampled with offset %i/4',
    async (offset) => {
      const { peaks } = await measured(stereo(burstPeriod(sampleRateHz, offset)), { sampleRateHz })
      expect(peaks.truePeakDbtp).toBeGreaterThanOrEqual(-0.2)
      expect(peaks.truePeakDbtp).toBeLessThanOrEqual(0.1)
    },
  )
})

/**
 * Tech 3341 cases 20–23: at four times the rate, a sine of a sixth of the sample rate at half scale with one period of
 * a quarter of the rate at full scale, band-limited and then thinned to every fourth sample from the offset on.
 */
function burstPeriod(sampleRateHz: number, offset: number): Float64Array {
  const periods = 400
  const sides = Array.from({ length: 24 * periods }, (_, i) => 0.5 * Math.sin((2 * Math.PI * i) / 24))
  const middle = Array.from({ length: 16 }, (_, i) => Math.sin((2 * Math.PI * i) / 16))
  const fine = faded(Float64Array.from([...sides, ...middle, ...sides]), 4 * sampleRateHz)
  const half = 512
  const cutoff = 0.48 / 4
  const filter = Float64Array.from({ length: 2 * half + 1 }, (_, i) => {
    const x = i - half
    const ideal = x === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x)
    return ideal * (0.42 + 0.5 * Math.cos((Math.PI * x) / half) + 0.08 * Math.cos((2 * Math.PI * x) / half))
  })
  const frames = Math.floor((fine.length - offset) / 4)
  return Float64Array.from({ length: frames }, (_, n) => {
    let sum = 0
    for (let k = 0; k < filter.length; k++) sum += (filter[k] ?? 0) * (fine[n * 4 + offset + k - half] ?? 0)
    return sum
  })
}
