import { afterAll, describe, expect, it } from 'vitest'
import { audioMeasuresSchema } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { noise } from './signals.ts'
import { soundFolder, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)

let count = 0
async function stereoOf(channels: Float64Array[], sampleRateHz = 44_100) {
  const path = writeWav(folder.path(`${count++}.wav`), channels, { sampleRateHz })
  const measures = await measureTrack(path)
  expect(audioMeasuresSchema.parse(measures)).toEqual(measures)
  return measures.stereo
}

const quiet = (samples: Float64Array, gain = 0.3) => samples.map((x) => x * gain)
const strange = (seconds: number, seed: number) => quiet(noise(44_100 * seconds, seed))

/** The same samples, later. */
function delayed(samples: Float64Array, frames: number): Float64Array {
  return samples.map((_, i) => samples[i - frames] ?? 0)
}

const sum = (a: Float64Array, b: Float64Array, gain = 1) => a.map((x, i) => x + gain * (b[i] ?? 0))

describe('width and balance over time', () => {
  it('follow a track that is mono first, then two strangers, then leans to the left', async () => {
    const [a, b] = [strange(12, 1), strange(12, 2)]
    const third = (i: number) => Math.floor(i / (44_100 * 4))
    const right = a.map((x, i) => [x, b[i] ?? 0, x / 2][third(i)] ?? 0)
    const { curve, bandCurve } = await stereoOf([a, right])
    const at = (seconds: number) => Math.floor(seconds / (curve?.stepSeconds ?? 1))
    expect(curve?.widthDb?.[at(2)]).toBe(-80)
    expect(Math.abs(curve?.widthDb?.[at(6)] ?? 9)).toBeLessThan(0.3)
    // L = 2R: mid 1.5, side 0.5 of R: 20·log10(1/3) = −9.54 dB; left over right 6.02 dB.
    expect(curve?.widthDb?.[at(10)]).toBeCloseTo(-9.5, 1)
    expect(curve?.balanceDb?.[at(10)]).toBeCloseTo(6, 1)
    const step = Math.floor(10 / (bandCurve?.stepSeconds ?? 1))
    expect(bandCurve?.bands).toHaveLength(7)
    for (const band of bandCurve?.bands ?? []) expect(band.balanceDb[step]).toBeCloseTo(6, 1)
    expect(bandCurve?.bands[3]?.widthDb[1]).toBeLessThan(-60)
  })

  it('tells how much of the lows stands in the sides alone', async () => {
    const seconds = 6
    const low = (hz: number) =>
      Float64Array.from({ length: 44_100 * seconds }, (_, i) => Math.sin((2 * Math.PI * hz * i) / 44_100))
    const [mid, side] = [quiet(low(50)), quiet(low(80), 0.03)]
    const stereo = await stereoOf([sum(mid, side), sum(mid, side, -1)])
    expect(stereo.lowSideDb).toBeCloseTo(-20, 1)
  })
})

describe('delays between the sides', () => {
  it.each([
    [12, 'left', 44_100],
    [5, 'right', 44_100],
    [25, 'left', 48_000],
    [1.5, 'right', 96_000],
  ] as const)('of %d ms with the %s first are found at %d Hz', async (ms, leads, rate) => {
    const first = quiet(noise(rate * 8, 7))
    const later = delayed(first, Math.round((ms * rate) / 1000))
    const { delays } = await stereoOf(leads === 'left' ? [first, later] : [later, first], rate)
    expect(delays?.[0]).toMatchObject({ leads })
    expect(Math.abs((delays?.[0]?.milliseconds ?? 0) - ms)).toBeLessThan(0.05)
    expect(delays?.[0]?.confidence).toBeGreaterThan(0.9)
  })

  it('are found in one voice of a mix, and in its band', async () => {
    const [voice, centre] = [strange(12, 3), strange(12, 4)]
    // One-pole filters part the two: the voice has the highs, the middle has the lows.
    let low = 0
    const bass = centre.map((x) => {
      low += 0.05 * (x - low)
      return 3 * low
    })
    let below = 0
    const highs = voice.map((x) => {
      below += 0.5 * (x - below)
      return x - below
    })
    const { delays } = await stereoOf([sum(bass, highs), sum(bass, delayed(highs, 661))])
    expect(delays).toHaveLength(1)
    expect(delays?.[0]).toMatchObject({ leads: 'left', toHz: 12_000 })
    expect(delays?.[0]?.milliseconds).toBeCloseTo(15, 1)
    expect(delays?.[0]?.fromHz).toBeGreaterThanOrEqual(2000)
  })

  it('are not found in strangers, in panned sounds, in mono and in a reverb', async () => {
    const [a, b, c] = [strange(6, 5), strange(6, 6), strange(6, 7)]
    expect((await stereoOf([a, b])).delays).toEqual([])
    expect((await stereoOf([sum(a, b, 0.3), sum(b, a, 0.5)])).delays).toEqual([])
    expect((await stereoOf([a, a])).delays).toEqual([])
    const tail = (seed: number) => {
      const taps = noise(1500, seed).map((x, i) => 0.2 * x * Math.exp(-i / 500))
      const wet = new Float64Array(c.length)
      for (const [k, tap] of taps.entries())
        for (let i = k + 200; i < wet.length; i++) wet[i] = (wet[i] ?? 0) + tap * (c[i - k - 200] ?? 0)
      return wet
    }
    expect((await stereoOf([sum(c, tail(8), 0.5), sum(c, tail(9), 0.5)])).delays).toEqual([])
  })
})
