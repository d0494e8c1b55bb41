import { writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { measureTrack } from '../../src/audio/measure.ts'
import { noise, tone } from './signals.ts'
import { ffmpeg, soundFolder, wavBytes, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)

/** Five seconds with something different left and right, so that swapped or lost channels show. */
function channels(sampleRateHz: number): Float64Array[] {
  const left = tone(
    sampleRateHz,
    [
      [2, -9],
      [3, -15],
    ],
    441,
  )
  return [left.map((x, i) => x + (noiseBed[i] ?? 0)), left.map((x, i) => x / 2 - (noiseBed[i] ?? 0))]
}
const noiseBed = noise(5 * 48_000, 7).map((x) => x * 0.1)

async function numbersOf(path: string) {
  const { source, ...numbers } = await measureTrack(path)
  return { source, numbers }
}

describe.each([16, 24] as const)('the same %i-bit samples', (bits) => {
  const wav = writeWav(folder.path(`same-${bits}.wav`), channels(44_100), { sampleRateHz: 44_100, bits })

  it.each(['flac', 'aiff', 'aifc'])('give identical numbers as WAV and as %s', async (kind) => {
    const other = folder.path(`same-${bits}.${kind}`)
    const codec = kind === 'flac' ? 'flac' : `pcm_s${bits}be`
    ffmpeg('-i', wav, '-c:a', codec, '-f', kind === 'flac' ? 'flac' : 'aiff', other)
    const first = await numbersOf(wav)
    const second = await numbersOf(other)
    expect(second.numbers).toEqual(first.numbers)
    expect(second.source).toMatchObject({ bitDepth: bits, durationSeconds: 5, sampleRateHz: 44_100 })
  })

  it('give identical numbers measured twice', async () => {
    expect(await numbersOf(wav)).toEqual(await numbersOf(wav))
  })
})

describe('sample layouts', () => {
  it('8, 16, 24 and 32-bit integers and 32-bit floats agree within their own rounding', async () => {
    const layouts = [
      { bits: 8 },
      { bits: 16 },
      { bits: 24 },
      { bits: 32 },
      { bits: 32, float: true },
    ] as const
    const exact = await measureTrack(
      writeWav(folder.path('exact.wav'), channels(48_000), { sampleRateHz: 48_000 }),
    )
    for (const [index, layout] of layouts.entries()) {
      const path = writeWav(folder.path(`layout-${index}.wav`), channels(48_000), {
        sampleRateHz: 48_000,
        ...layout,
      })
      const { numbers } = await numbersOf(path)
      const difference = (numbers.loudness.integratedLufs ?? 0) - (exact.loudness.integratedLufs ?? 0)
      expect(Math.abs(difference)).toBeLessThanOrEqual(layout.bits === 8 ? 0.05 : 0.002)
      expect(Math.abs((numbers.stereo.correlation ?? 0) - (exact.stereo.correlation ?? 0))).toBeLessThan(
        0.001,
      )
    }
  })

  it('streamed files that do not know their length are read to the end', async () => {
    const bytes = wavBytes(channels(44_100), { sampleRateHz: 44_100, bits: 16, claimedDataBytes: 0xffffffff })
    writeFileSync(folder.path('streamed.wav'), bytes)
    expect((await measureTrack(folder.path('streamed.wav'))).source.durationSeconds).toBe(5)
  })

  it('odd frame counts lose no frame', async () => {
    const short = channels(44_100).map((channel) => channel.subarray(0, 44_103))
    const path = writeWav(folder.path('odd.wav'), short, { sampleRateHz: 44_100, bits: 24 })
    expect((await measureTrack(path)).source.durationSeconds).toBeCloseTo(44_103 / 44_100, 6)
  })
})

describe('lossy formats', () => {
  const tones = [tone(44_100, [[5, -9]], 441), tone(44_100, [[5, -15]], 2205)]
  const wav = writeWav(folder.path('lossy.wav'), tones, { sampleRateHz: 44_100 })

  it.each([
    ['mp3', ['-c:a', 'libmp3lame', '-b:a', '320k'], 'mp3'],
    ['ogg', ['-c:a', 'libvorbis', '-q:a', '8'], 'vorbis'],
    ['opus', ['-c:a', 'libopus', '-b:a', '256k', '-f', 'ogg'], 'opus'],
  ])('%s at a high rate stays within 0.1 LU and keeps its length', async (extension, options, codec) => {
    const path = folder.path(`lossy.${extension}`)
    ffmpeg('-i', wav, ...options, path)
    const original = await measureTrack(wav)
    const coded = await measureTrack(path)
    expect(coded.source).toMatchObject({ codec, bitDepth: null, channels: 2 })
    expect(Math.abs(coded.source.durationSeconds - 5)).toBeLessThan(0.03)
    const difference = (coded.loudness.integratedLufs ?? 0) - (original.loudness.integratedLufs ?? 0)
    expect(Math.abs(difference)).toBeLessThanOrEqual(0.1)
  })
})
