import { afterAll, describe, expect, it } from 'vitest'
import { audioMeasuresSchema } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { faded, noise, stereo, tone } from './signals.ts'
import { ffmpeg, soundFolder, type WavOptions, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)

let count = 0
async function measured(channels: Float64Array[], options: Partial<WavOptions> = {}) {
  const path = writeWav(folder.path(`${count++}.wav`), channels, { sampleRateHz: 44_100, ...options })
  const measures = await measureTrack(path)
  expect(audioMeasuresSchema.parse(measures)).toEqual(measures)
  return measures
}

const seconds = (value: number) => Math.round(value * 44_100)

describe('peaks', () => {
  it('count clip events and tell where they are', async () => {
    const samples = tone(44_100, [[4, -12]], 220)
    for (const [start, length] of [
      [1, 5],
      [1.05, 4],
      [3, 12],
    ] as const) {
      samples.fill(1, seconds(start), seconds(start) + length)
    }
    samples.fill(1, seconds(2), seconds(2) + 2)
    const { clips } = (await measured([samples], { bits: 16 })).peaks
    expect(clips).toMatchObject({ count: 2, samples: 23, longestSamples: 12, firstSeconds: 1 })
    expect(clips?.events.map(({ startSeconds }) => startSeconds)).toEqual([1, 3])
  })

  it('find overs between samples that never clip', async () => {
    const burst = Float64Array.from(
      { length: 44_100 },
      (_, i) => 1.2 * Math.sin((Math.PI * i) / 2 + Math.PI / 4),
    )
    const { peaks } = await measured([faded(burst, 44_100)])
    expect(peaks.samplePeakDbfs).toBeLessThan(0)
    expect(peaks.truePeakDbtp).toBeCloseTo(20 * Math.log10(1.2), 1)
    expect(peaks.overs?.count).toBe(1)
    expect(peaks.clips?.count).toBe(0)
  })
})

describe('dynamics', () => {
  it('give a steady sine the PSR and the range that paper gives it', async () => {
    const { dynamics, loudness, peaks } = await measured([tone(44_100, [[12, -10]], 997)])
    expect(dynamics.rmsDbfs).toBeCloseTo(-13.01, 2)
    expect(dynamics.psrMinDb).toBeCloseTo((peaks.truePeakDbtp ?? 0) - (loudness.shortTermMaxLufs ?? 0), 1)
    // DR compares the peak with the RMS of a sine of that peak: a steady sine has none.
    expect(dynamics.drDb).toBeCloseTo(0, 1)
  })
})

describe('spectrum', () => {
  it('puts a tone into its third octave', async () => {
    const { spectrum } = await measured([tone(44_100, [[3, -10]], 3150)])
    const levels = spectrum.thirdOctaves ?? []
    expect(levels).toHaveLength(30)
    expect(levels.find(({ centreHz }) => centreHz === 3150)?.levelDb).toBeCloseTo(0, 1)
    expect(levels.find(({ centreHz }) => centreHz === 6300)?.levelDb).toBeLessThan(-60)
  })

  it('finds no tilt in white noise and −6 dB per octave in its running sum', async () => {
    const white = noise(44_100 * 20, 11)
    const flat = await measured([white.map((x) => x * 0.5)])
    expect(Math.abs(flat.spectrum.tiltDbPerOctave ?? 9)).toBeLessThan(0.15)
    let sum = 0
    const brown = white.map((x) => (sum = sum * 0.9995 + x * 0.01))
    const falling = await measured([brown])
    expect(falling.spectrum.tiltDbPerOctave).toBeCloseTo(-6, 0)
  })

  it('suspects a lossy source behind a brick wall and not behind a gentle slope', async () => {
    const path = writeWav(folder.path('full.wav'), stereo(noise(44_100 * 8, 5).map((x) => x * 0.3)), {
      sampleRateHz: 44_100,
    })
    ffmpeg('-i', path, '-c:a', 'libmp3lame', '-b:a', '128k', folder.path('coded.mp3'))
    ffmpeg('-i', folder.path('coded.mp3'), '-c:a', 'pcm_s16le', folder.path('coded.wav'))
    ffmpeg('-i', path, '-af', 'lowpass=f=9000:p=1', '-c:a', 'pcm_s16le', folder.path('dull.wav'))
    const coded = (await measureTrack(folder.path('coded.wav'))).spectrum.lossySource
    expect(coded?.suspected).toBe(true)
    expect(Math.abs((coded?.edgeHz ?? 0) - 16_500)).toBeLessThanOrEqual(1000)
    expect((await measureTrack(folder.path('dull.wav'))).spectrum.lossySource?.suspected).toBe(false)
    expect((await measureTrack(path)).spectrum.lossySource?.suspected).toBe(false)
    expect((await measureTrack(folder.path('coded.mp3'))).spectrum.lossySource).toBeNull()
  })

  it('tells the rate that the content was converted from, and that from a coder and from a full band', async () => {
    const rough = (rate: number) => noise(rate * 5, 6).map((x) => x * 0.3)
    const converted = async (from: number, to: number) => {
      const path = writeWav(folder.path(`from-${from}.wav`), [rough(from)], { sampleRateHz: from })
      const target = folder.path(`from-${from}-to-${to}.wav`)
      ffmpeg('-i', path, '-af', `aresample=${to}:resampler=soxr`, '-c:a', 'pcm_s24le', target)
      return (await measureTrack(target)).spectrum
    }
    for (const [from, to] of [
      [44_100, 96_000],
      [48_000, 96_000],
      [22_050, 44_100],
    ] as const) {
      const { upsampledFrom, lossySource } = await converted(from, to)
      expect(upsampledFrom?.sampleRateHz).toBe(from)
      expect(upsampledFrom?.confidence).toBe(1)
      expect(lossySource?.suspected).toBe(false)
    }
    expect((await measured([rough(96_000)], { sampleRateHz: 96_000 })).spectrum.upsampledFrom).toBeNull()
    const source = writeWav(folder.path('for-mp3.wav'), [rough(44_100)], { sampleRateHz: 44_100 })
    for (const rate of ['64k', '128k', '320k']) {
      ffmpeg('-i', source, '-c:a', 'libmp3lame', '-b:a', rate, folder.path(`at-${rate}.mp3`))
      ffmpeg('-i', folder.path(`at-${rate}.mp3`), '-c:a', 'pcm_s24le', folder.path(`at-${rate}.wav`))
      expect((await measureTrack(folder.path(`at-${rate}.wav`))).spectrum.upsampledFrom).toBeNull()
    }
  })

  it('names a narrow resonance', async () => {
    const sum = noise(44_100 * 10, 8).map(
      (x, i) => x * 0.1 + 0.05 * Math.sin((2 * Math.PI * 2500 * i) / 44_100),
    )
    const { resonances } = (await measured([sum])).spectrum
    expect(Math.abs((resonances?.[0]?.frequencyHz ?? 0) - 2500)).toBeLessThan(12)
  })

  it('draws at most 400 columns of 30 bands', async () => {
    const { spectrogram } = (await measured([tone(44_100, [[30, 0]], 1000)])).spectrum
    expect(spectrogram?.levelsDb.length).toBeLessThanOrEqual(400)
    const column = spectrogram?.levelsDb[100] ?? []
    expect(column).toHaveLength(30)
    expect(column[16]).toBeGreaterThanOrEqual(-1)
    expect(column[16]).toBeLessThanOrEqual(0)
  })
})

describe('stereo', () => {
  const left = noise(44_100 * 6, 21).map((x) => x * 0.5)
  const right = noise(44_100 * 6, 22).map((x) => x * 0.5)

  it('loses nothing in mono when both sides are equal, half when strange, all when inverted', async () => {
    const same = (await measured([left, left])).stereo
    expect(same).toMatchObject({ dualMono: true, inverted: false, monoLossDb: 0 })
    const strange = (await measured([left, right])).stereo
    expect(strange.monoLossDb).toBeCloseTo(-3.01, 1)
    expect(strange.widthDb).toBeCloseTo(0, 1)
    const inverted = (await measured([left, left.map((x) => -x)])).stereo
    expect(inverted).toMatchObject({ inverted: true, dualMono: false })
    expect(inverted.monoLossDb).toBeLessThan(-60)
  })

  it('measures balance as left over right, in every band', async () => {
    const { stereo: image } = await measured([left, left.map((x) => x / 2)])
    expect(image.balanceDb).toBeCloseTo(6.02, 1)
    for (const band of image.bands ?? []) {
      expect(band.balanceDb).toBeCloseTo(6.02, 1)
      expect(band.correlation).toBeCloseTo(1, 2)
    }
  })
})

describe('faults', () => {
  const music = () =>
    tone(
      44_100,
      [
        [1, -20],
        [1, -8],
        [1, -14],
        [1, -8],
      ],
      180,
    )

  it('finds an offset, silence at the ends and a missing channel', async () => {
    const samples = new Float64Array(seconds(5))
    samples.set(
      music().map((x) => x + 0.02),
      seconds(0.5),
    )
    const { faults } = await measured([samples, new Float64Array(samples.length)])
    expect(faults?.dcOffsets[0]).toBeCloseTo(0.016, 3)
    expect(faults?.headSilenceSeconds).toBeCloseTo(0.5, 1)
    expect(faults?.tailSilenceSeconds).toBeCloseTo(0.5, 1)
    expect(faults?.silentChannels).toEqual([1])
  })

  it('tells a cut end from a fade', async () => {
    expect((await measured([music()])).faults?.endsAbruptly).toBe(true)
    const fading = music()
    const ending = fading.map((x, i) => x * Math.min(1, (fading.length - i) / 44_100))
    expect((await measured([ending])).faults?.endsAbruptly).toBe(false)
  })

  it('finds single samples out of line and no click in clean music', async () => {
    const clean = music()
    expect((await measured([clean], { bits: 16 })).faults?.clicks.count).toBe(0)
    for (const at of [0.7, 1.9, 3.3]) clean[seconds(at)] = -0.9
    const { clicks } = (await measured([clean], { bits: 16 })).faults ?? {}
    expect(clicks?.events.map(({ startSeconds }) => Math.round(startSeconds * 10) / 10)).toEqual([
      0.7, 1.9, 3.3,
    ])
  })

  it('finds single samples out of line among dense highs, and none in cymbals and sharp attacks', async () => {
    const hiss = noise(seconds(5), 31)
    const hits = hiss.map((x, i) => x * 0.15 * Math.exp(-((i / 44_100) % 0.25) * 12))
    const dense = hiss.map((x, i) => 0.05 * x + (hits[i] ?? 0))
    expect((await measured([dense], { bits: 24 })).faults?.clicks.count).toBe(0)
    const places = [0.62, 1.4, 2.2, 3.15, 4.1]
    for (const at of places) dense[seconds(at)] = 0.95
    const { clicks } = (await measured([dense], { bits: 24 })).faults ?? {}
    expect(clicks?.events.map(({ startSeconds }) => startSeconds)).toHaveLength(places.length)
  })

  it('finds holes in the sound and no hole in a pause', async () => {
    const holes = music()
    holes.fill(0, seconds(1.2), seconds(1.215))
    holes.fill(0, seconds(2.5), seconds(2.54))
    const { dropouts } = (await measured([holes, holes])).faults ?? {}
    expect(dropouts?.events.map(({ startSeconds }) => Math.round(startSeconds * 10) / 10)).toEqual([1.2, 2.5])
    const pause = faded(
      tone(44_100, [
        [1, -10],
        [2, null],
        [1, -10],
      ]),
      44_100,
    )
    expect((await measured([pause])).faults?.dropouts.count).toBe(0)
  })

  it('tells 16 bits in a 24-bit file, and cannot once dither fills the rest', async () => {
    const sixteen = music().map((x) => Math.round(x * 32_768) / 32_768)
    expect((await measured([sixteen], { bits: 24 })).faults?.usedBits).toBe(16)
    const dither = noise(sixteen.length, 41)
    const dithered = sixteen.map((x, i) => x + (dither[i] ?? 0) / 2 ** 21)
    expect((await measured([dithered], { bits: 24 })).faults?.usedBits).toBe(24)
  })

  it('counts the bits that are used', async () => {
    const coarse = music().map((x) => Math.round(x * 128) / 128)
    expect((await measured([coarse], { bits: 24 })).faults?.usedBits).toBe(8)
    expect((await measured([music()], { bits: 16 })).faults?.usedBits).toBe(16)
    expect((await measured([music()], { bits: 24 })).faults?.usedBits).toBe(24)
  })
})

describe('delivery', () => {
  it('states what platforms turn down and where nothing is published', async () => {
    const loud = await measured(stereo(tone(44_100, [[5, -6]], 997)))
    const platform = (name: string) => loud.delivery?.platforms.find((rule) => rule.name === name)
    // A stereo tone at −6 dBFS is −6.0 LUFS: 8 LU above −14.
    expect(platform('Spotify')).toMatchObject({ status: 'official', peakAdviceDbtp: -2 })
    expect(platform('Spotify')?.gainDb).toBeCloseTo(-8, 1)
    expect(platform('Spotify')?.truePeakAfterDbtp).toBeCloseTo(-14, 1)
    expect(platform('YouTube')?.status).toBe('third-party')
    expect(platform('SoundCloud')).toMatchObject({ gainDb: null, status: 'not published' })
  })

  it('never turns a quiet track up beyond its headroom, and on most platforms not at all', async () => {
    const quiet = await measured(stereo(tone(44_100, [[5, -24]], 997)))
    const gain = (name: string) => quiet.delivery?.platforms.find((rule) => rule.name === name)?.gainDb
    expect(gain('Spotify')).toBeCloseTo(10, 1)
    expect(gain('YouTube')).toBe(0)
    expect(gain('Broadcast, EBU R 128')).toBeCloseTo(1, 1)
  })
})

describe('hum', () => {
  const seconds = 20
  const melody = () =>
    Float64Array.from({ length: seconds * 44_100 }, (_, i) => {
      const t = i / 44_100
      const hz = [220, 261.63, 329.63, 392][Math.floor(2 * t) % 4] ?? 220
      return 0.3 * Math.sin(2 * Math.PI * hz * t) * Math.exp(-4 * (t % 0.5))
    })
  const mains = (hz: number, dbfs: number) =>
    melody().map((x, i) => {
      const turn = (2 * Math.PI * hz * i) / 44_100
      const tones =
        Math.sin(turn) + 0.5 * Math.sin(2 * turn) + 0.35 * Math.sin(3 * turn) + 0.2 * Math.sin(5 * turn)
      return x + 10 ** (dbfs / 20) * tones
    })

  it.each([50, 60])('of %i Hz under music is found with its harmonics and its level', async (hz) => {
    const { hum } = (await measured([mains(hz, -45)])).faults ?? {}
    expect(hum?.frequencyHz).toBe(hz)
    expect(hum?.harmonics).toEqual(expect.arrayContaining([hz, 2 * hz, 3 * hz]))
    // Σa² = 1 + 0.25 + 0.1225 + 0.04 = 1.41: 1.5 dB above the fundamental.
    expect(Math.abs((hum?.levelDbfs ?? 0) + 43.5)).toBeLessThan(1.5)
  })

  it('is not found in music that happens to hold notes', async () => {
    expect((await measured([melody()])).faults?.hum).toBeNull()
  })
})
