import { afterAll, describe, expect, it } from 'vitest'
import type { PartialMeasures } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { partialOfAll } from '../../src/audio/partial.ts'
import { lin, noise, stereo, tone } from './signals.ts'
import { soundFolder, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)
const RATE = 48_000

async function partialsOf(path: string): Promise<PartialMeasures[]> {
  const told: PartialMeasures[] = []
  await measureTrack(path, { onPartial: (partial) => told.push(partial) })
  return told
}

describe('what is known of a track while it is measured', () => {
  it('is the loudness of the part that is measured, and says how long that is', async () => {
    // A 1 kHz tone of −20 dBFS on both sides reads −20 LUFS (EBU Tech 3341, case 1 with another level).
    const [first, ...rest] = await partialsOf(
      writeWav(folder.path('tone.wav'), stereo(tone(RATE, [[30, -20]])), { sampleRateHz: RATE }),
    )
    for (const partial of [first, ...rest]) {
      expect(partial?.integratedLufs).toBeCloseTo(-20, 1)
      expect(partial?.truePeakDbtp).toBeCloseTo(-20, 1)
      expect(partial?.durationSeconds).toBe(30)
      expect(partial?.coveredSeconds).toBeGreaterThan(3)
      expect(partial?.coveredSeconds).toBeLessThanOrEqual(30)
    }
  })

  it('is what the same part alone measures', async () => {
    const sound = noise(RATE * 40, 7).map((value, i) => value * lin(i < RATE * 3 ? -30 : -8))
    const [told] = (
      await partialsOf(writeWav(folder.path('whole.wav'), [sound], { sampleRateHz: RATE }))
    ).slice(-1)
    expect(told).toBeDefined()
    const frames = Math.round((told?.coveredSeconds ?? 0) * RATE)
    const alone = await measureTrack(
      writeWav(folder.path('part.wav'), [sound.subarray(0, frames)], { sampleRateHz: RATE }),
    )
    expect(told?.integratedLufs).toBe(alone.loudness.integratedLufs)
    // A curve point speaks of the three seconds that end there, whatever follows.
    const { stepSeconds, shortTermLufs } = told?.shortTerm ?? { stepSeconds: 1, shortTermLufs: [] }
    const every = Math.round(stepSeconds / alone.loudness.curve.stepSeconds)
    expect(shortTermLufs.length).toBeGreaterThan(0)
    for (const [i, value] of shortTermLufs.entries()) {
      expect(value).toBe(alone.loudness.curve.shortTermLufs[(i + 1) * every - 1])
    }
  })

  it('stays small however long the track is', async () => {
    const path = writeWav(folder.path('long.wav'), [noise(8000 * 600, 3)], { sampleRateHz: 8000 })
    const partials = await partialsOf(path)
    expect(partials.length).toBeGreaterThan(1)
    for (const partial of [...partials, partialOfAll(await measureTrack(path))]) {
      expect(JSON.stringify(partial).length).toBeLessThan(8000)
    }
  })

  it('ends with the numbers of the result', async () => {
    const path = writeWav(folder.path('end.wav'), stereo(tone(RATE, [[12, -9]])), { sampleRateHz: RATE })
    const measures = await measureTrack(path)
    expect(partialOfAll(measures)).toMatchObject({
      coveredSeconds: 12,
      integratedLufs: measures.loudness.integratedLufs,
      truePeakDbtp: measures.peaks.truePeakDbtp,
    })
  })
})
