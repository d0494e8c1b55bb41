import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { measureTrack } from '../../src/audio/measure.ts'
import { measureInThread } from '../../src/audio/measure-in-thread.ts'
import { makeHangingDecoder } from '../processes/slow-decoder.ts'
import { noise, tone } from './signals.ts'
import { ffmpeg, soundFolder, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)
const long = folder.path('long.flac')
ffmpeg('-f', 'lavfi', '-i', 'anoisesrc=r=96000:d=400', '-ac', '2', '-c:a', 'flac', long)

/** Decoders that work on files of this test. */
function decoders(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandLine(pid))
    .filter((line) => line.includes(folder.path('')))
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return '' // ended meanwhile
  }
}

async function until(condition: () => boolean, seconds: number): Promise<boolean> {
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    if (condition()) return true
    await setTimeout(10)
  }
  return condition()
}

describe('measuring in a thread', () => {
  it('gives the same numbers as measuring here', async () => {
    const path = writeWav(folder.path('a.wav'), [tone(48_000, [[3, -10]]), noise(144_000, 1)], {
      sampleRateHz: 48_000,
    })
    expect(await measureInThread(path)).toEqual(await measureTrack(path))
  })

  it('tells its progress in rising percents', async () => {
    const path = writeWav(folder.path('b.wav'), [noise(48_000 * 20, 1)], { sampleRateHz: 48_000 })
    const told: number[] = []
    await measureInThread(path, { onProgress: (_, percent) => told.push(percent) })
    expect(told.at(0)).toBe(0)
    expect(told.at(-1)).toBe(100)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect(told.length).toBeGreaterThan(5)
  })

  it('hands on the code of a refusal', async () => {
    await expect(measureInThread(folder.path('nowhere.wav'))).rejects.toMatchObject({
      name: 'AudioError',
      code: 'audio/unreadable',
    })
  })

  it('stops at once when aborted and leaves no decoder behind', async () => {
    const stop = new AbortController()
    const result = measureInThread(long, { signal: stop.signal })
    const outcome = expect(result).rejects.toMatchObject({ code: 'audio/aborted' })
    expect(await until(() => decoders().length > 0, 5)).toBe(true)
    stop.abort()
    await outcome
    expect(await until(() => decoders().length === 0, 2)).toBe(true)
  })

  it('stops within a second when the decoder hangs, and so does the decoder', async () => {
    const hanging = await makeHangingDecoder()
    const path = folder.path('short.flac')
    ffmpeg('-f', 'lavfi', '-i', 'anoisesrc=d=1', '-c:a', 'flac', path)
    const stop = new AbortController()
    const outcome = expect(
      measureInThread(path, { ffmpegPath: hanging.file, signal: stop.signal }),
    ).rejects.toMatchObject({ code: 'audio/aborted' })
    expect(await until(() => decoders().some((line) => line.startsWith('perl')), 10)).toBe(true)
    // By now the thread sits in a read that nothing but the decoder's end can finish.
    await setTimeout(300)
    const startedMs = performance.now()
    stop.abort()
    await outcome
    expect(performance.now() - startedMs).toBeLessThan(1000)
    expect(await until(() => decoders().length === 0, 1)).toBe(true)
    await hanging.remove()
  })

  it('stops a decoder that takes too long', async () => {
    await expect(measureInThread(long, { limits: { maxDecodeSeconds: 0.05 } })).rejects.toMatchObject({
      code: 'audio/decoder-timeout',
    })
    expect(await until(() => decoders().length === 0, 2)).toBe(true)
  })

  it('says when there is no decoder', async () => {
    await expect(measureInThread(long, { ffmpegPath: '/nowhere/ffmpeg' })).rejects.toMatchObject({
      code: 'audio/decoder-missing',
    })
  })
})
