import { afterAll, describe, expect, it } from 'vitest'
import { kWeighting } from '../../src/audio/k-weighting.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { noise, stereo, tone } from './signals.ts'
import { soundFolder, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)

let count = 0
const measured = (channels: Float64Array[], sampleRateHz: number) =>
  measureTrack(writeWav(folder.path(`${count++}.wav`), channels, { sampleRateHz }))

describe('K-weighting', () => {
  it('has the coefficients of BS.1770-5 tables 1 and 2 at 48 kHz', () => {
    const [shelf, highPass] = kWeighting(48_000)
    const expected = [
      1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585,
    ]
    for (const [i, value] of [...shelf.b, ...shelf.a].entries())
      expect(value).toBeCloseTo(expected[i] ?? 0, 9)
    expect(highPass.b).toEqual([1, -2, 1])
    expect(highPass.a[0]).toBeCloseTo(-1.99004745483398, 9)
    expect(highPass.a[1]).toBeCloseTo(0.99007225036621, 9)
  })
})

describe('integrated loudness', () => {
  it.each([8000, 11_025, 22_050, 32_000, 44_100, 88_200, 192_000, 384_000])(
    'reads 997 Hz at full scale in one channel as −3.01 LKFS at %i Hz',
    async (sampleRateHz) => {
      const left = tone(sampleRateHz, [[4, 0]], 997)
      const { loudness } = await measured([left, new Float64Array(left.length)], sampleRateHz)
      expect(Math.abs((loudness.integratedLufs ?? 0) + 3.01)).toBeLessThanOrEqual(0.05)
    },
  )

  it('counts a mono channel once', async () => {
    const { loudness } = await measured([tone(48_000, [[4, -20]], 997)], 48_000)
    expect(Math.abs((loudness.integratedLufs ?? 0) + 23.01)).toBeLessThanOrEqual(0.05)
  })

  it('is null in silence, below the gate and in less than 400 ms', async () => {
    const silent = await measured(stereo(new Float64Array(48_000)), 48_000)
    expect(silent.loudness).toMatchObject({ integratedLufs: null, rangeLu: null, momentaryMaxLufs: null })
    expect(silent.peaks).toMatchObject({ samplePeakDbfs: null, truePeakDbtp: null })
    expect(silent.dynamics).toMatchObject({ crestDb: null, plrDb: null, rmsDbfs: null, drDb: null })
    expect(silent.stereo.correlation).toBeNull()
    expect(silent.spectrum.bands.map(({ shareDb }) => shareDb)).toEqual(Array(7).fill(null))
    const quiet = await measured(stereo(tone(48_000, [[10, -75]])), 48_000)
    expect(quiet.loudness.integratedLufs).toBeNull()
    const short = await measured(stereo(tone(48_000, [[0.3, -20]])), 48_000)
    expect(short.loudness.integratedLufs).toBeNull()
    expect(short.peaks.samplePeakDbfs).toBeCloseTo(-20, 1)
  })
})

describe('the other first numbers', () => {
  it('give a sine a crest of 3.01 dB and its band all the energy', async () => {
    const { dynamics, spectrum, source } = await measured(stereo(tone(48_000, [[4, -12]])), 48_000)
    expect(dynamics.crestDb).toBeCloseTo(3.01, 2)
    expect(spectrum.bands.find(({ name }) => name === 'Mid')?.shareDb).toBeCloseTo(0, 3)
    expect(source).toMatchObject({ container: 'wav', bitDepth: 24, channels: 2, durationSeconds: 4 })
  })

  it('share white noise among the bands by their width', async () => {
    const { spectrum } = await measured([noise(44_100 * 20, 1), noise(44_100 * 20, 2)], 44_100)
    for (const { fromHz, toHz, shareDb } of spectrum.bands) {
      const expected = 10 * Math.log10((toHz - fromHz) / (20_000 - 20))
      expect(Math.abs((shareDb ?? 0) - expected)).toBeLessThan(0.3)
    }
  })

  it('correlate equal channels with +1, inverted ones with −1, strangers with 0, and mono not at all', async () => {
    const a = noise(48_000 * 4, 3)
    const correlation = async (channels: Float64Array[]) =>
      (await measured(channels, 48_000)).stereo.correlation
    expect(await correlation([a, a])).toBeCloseTo(1, 3)
    expect(await correlation([a, a.map((x) => -x)])).toBeCloseTo(-1, 3)
    expect(Math.abs((await correlation([a, noise(48_000 * 4, 4)])) ?? 1)).toBeLessThan(0.01)
    expect(await correlation([a])).toBeNull()
  })

  it('draw a waveform that holds the extremes of every channel', async () => {
    const ramp = Float64Array.from({ length: 48_000 }, (_, i) => i / 48_000)
    const { waveform } = await measured([ramp, ramp.map((x) => -x / 2)], 48_000)
    expect(waveform.secondsPerPoint).toBe(0.01)
    expect(waveform.max).toHaveLength(100)
    expect(waveform.max.at(-1)).toBeCloseTo(1, 2)
    expect(waveform.min.at(-1)).toBeCloseTo(-0.5, 2)
  })
})
