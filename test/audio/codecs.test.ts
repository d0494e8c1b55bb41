import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import type { Codecs } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { type CodecOptions, measureCodecs } from '../../src/audio/measure-codecs.ts'
import { faded, noise, stereo, tone } from './signals.ts'
import { ffmpeg, soundFolder, type WavOptions, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)
const RATE = 44_100

async function codecsOf(path: string, options: CodecOptions = {}): Promise<Codecs> {
  return measureCodecs(path, await measureTrack(path), options)
}

function wav(name: string, channels: Float64Array[], options: Partial<WavOptions> = {}): string {
  return writeWav(folder.path(name), channels, { sampleRateHz: RATE, ...options })
}

/** Noise driven into a hard limit, as a bad limiter leaves it: flat tops that no lossy codec can keep. */
const clipped = (frames: number, seed: number) =>
  noise(frames, seed).map((value) => Math.max(-1, Math.min(1, 8 * value)))

const missingOf = ({ encodes }: Codecs) => encodes.map(({ missing }) => missing)

/** Programs that work on files of this test. */
function atWork(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      } catch {
        return '' // ended meanwhile
      }
    })
    .filter((line) => line.includes(folder.path('')))
}

describe('a track played through codecs', () => {
  it('exceeds full scale where it was clipped, in every one of them, and says where', async () => {
    const { encodes } = await codecsOf(wav('clipped.wav', [clipped(RATE * 3, 1), clipped(RATE * 3, 2)]))
    expect(encodes).toHaveLength(5)
    for (const { truePeakDbtp, clips, sampleRateHz, id } of encodes) {
      expect(truePeakDbtp).toBeGreaterThan(0)
      expect(clips?.samples).toBeGreaterThan(100)
      expect(clips?.firstSeconds).toBeLessThan(0.1)
      expect(sampleRateHz).toBe(id === 'opus-128' ? 48_000 : RATE)
    }
  })

  it('keeps the peak of a quiet sine within half a decibel and cuts nothing off', async () => {
    const sine = faded(tone(RATE, [[4, -20]], 997), RATE)
    for (const { truePeakDbtp, overshootDb, clips } of (await codecsOf(wav('sine.wav', stereo(sine))))
      .encodes) {
      expect(Math.abs((truePeakDbtp ?? 0) + 20)).toBeLessThan(0.5)
      expect(Math.abs(overshootDb ?? 9)).toBeLessThan(0.5)
      expect(clips).toMatchObject({ samples: 0, count: 0, firstSeconds: null, events: [] })
    }
  })

  it('has its peak where it stands in the file, whatever the codec puts before the first sample', async () => {
    const burst = new Float64Array(RATE * 4)
    burst.set(tone(RATE, [[0.005, -1]]), RATE * 2)
    for (const { truePeakSeconds } of (await codecsOf(wav('burst.wav', stereo(burst)))).encodes)
      expect(Math.abs((truePeakSeconds ?? 0) - 2)).toBeLessThan(0.03)
  })

  it('gives the same numbers twice', async () => {
    const path = wav('twice.wav', [clipped(RATE * 2, 3), clipped(RATE * 2, 4)])
    expect(await codecsOf(path)).toEqual(await codecsOf(path))
  })

  it('tells the peak after the platform’s gain', async () => {
    const path = wav('loud.wav', [clipped(RATE * 4, 5), clipped(RATE * 4, 6)])
    const { delivery } = await measureTrack(path)
    const vorbis = (await codecsOf(path)).encodes.find(({ id }) => id === 'vorbis-160')
    const [spotify] = vorbis?.playedBy ?? []
    const gainDb = delivery?.platforms.find(({ name }) => name === 'Spotify')?.gainDb ?? 0
    expect(gainDb).toBeLessThan(-10)
    expect(spotify?.truePeakAfterDbtp).toBeCloseTo((vorbis?.truePeakDbtp ?? 0) + gainDb, 2)
  })

  it('is asked about mono and 96 kHz, but not about surround or rates that no platform takes', async () => {
    const sine = (rate: number) => tone(rate, [[1, -12]])
    expect(missingOf(await codecsOf(wav('mono.wav', [sine(RATE)])))).toEqual([null, null, null, null, null])
    const high = await codecsOf(wav('high.wav', stereo(sine(96_000)), { sampleRateHz: 96_000 }))
    expect(high.encodes.map(({ sampleRateHz }) => sampleRateHz)).toEqual([
      48_000, 48_000, 48_000, 48_000, 48_000,
    ])
    expect(high.encodes.every(({ truePeakDbtp }) => Math.abs((truePeakDbtp ?? 0) + 12) < 0.5)).toBe(true)
    const low = await codecsOf(wav('low.wav', stereo(sine(22_050)), { sampleRateHz: 22_050 }))
    expect(new Set(missingOf(low))).toEqual(new Set(['sample-rate-too-low']))
    const six = await codecsOf(wav('six.wav', Array(6).fill(sine(RATE)), { mask: 0x3f }))
    expect(new Set(missingOf(six))).toEqual(new Set(['not-stereo']))
    expect(six.encodes.every(({ truePeakDbtp, clips }) => truePeakDbtp === null && clips === null)).toBe(true)
  })

  it('has no peak in silence', async () => {
    for (const { truePeakDbtp, overshootDb } of (
      await codecsOf(wav('silence.wav', stereo(new Float64Array(RATE))))
    ).encodes)
      expect([truePeakDbtp, overshootDb]).toEqual([null, null])
  })

  it('goes without one codec whose encoder is missing, says so, and has the others', async () => {
    const program = folder.path('no-opus')
    writeFileSync(program, '#!/bin/sh\ncase "$*" in *libopus*) exit 1;; esac\nexec ffmpeg "$@"\n')
    chmodSync(program, 0o755)
    const path = wav('some.wav', stereo(tone(RATE, [[1, -6]])))
    const { ffmpegVersion, encodes } = await codecsOf(path, { ffmpegPath: program })
    expect(ffmpegVersion).toMatch(/^\d/)
    expect(encodes.map(({ id, missing }) => [id, missing])).toEqual([
      ['aac-256', null],
      ['vorbis-160', null],
      ['opus-128', 'codec-failed'],
      ['mp3-320', null],
      ['mp3-128', null],
    ])
  })

  it('is let go at once when nobody waits any more: no program and no pipe is left', async () => {
    const path = folder.path('long.flac')
    ffmpeg('-f', 'lavfi', '-i', 'anoisesrc=r=48000:d=600:seed=3', '-ac', '2', '-c:a', 'flac', path)
    const audio = await measureTrack(path)
    const stop = new AbortController()
    const outcome = expect(measureCodecs(path, audio, { signal: stop.signal })).rejects.toMatchObject({
      code: 'audio/aborted',
    })
    await expect.poll(() => atWork().length).toBeGreaterThan(1)
    await setTimeout(200)
    const startedMs = performance.now()
    stop.abort()
    await outcome
    // All of it would take minutes.
    expect(performance.now() - startedMs).toBeLessThan(5000)
    await expect.poll(atWork, { timeout: 5000 }).toEqual([])
    const pipes = readdirSync(tmpdir()).filter((name) => name.startsWith(`tracksensei-pipe-${process.pid}-`))
    expect(pipes).toEqual([])
  })
})
