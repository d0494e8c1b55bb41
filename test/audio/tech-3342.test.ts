import { afterAll, describe, expect, it } from 'vitest'
import { measureTrack } from '../../src/audio/measure.ts'
import { stereo, tone } from './signals.ts'
import { soundFolder, writeWav } from './sound-files.ts'

// Expected values and signals: EBU Tech 3342 (2023) table 1; the table allows ±1 LU, the engine claims ±0.5 LU.
const folder = soundFolder()
afterAll(folder.remove)

describe.each([44_100, 48_000, 96_000])('at %i Hz, EBU Tech 3342', (sampleRateHz) => {
  it.each([
    [1, [-20, -30], 10],
    [2, [-20, -15], 5],
    [3, [-40, -20], 20],
    [4, [-50, -35, -20, -35, -50], 15],
  ])('case %i has its loudness range', async (number, levels, expected) => {
    const samples = tone(
      sampleRateHz,
      levels.map((level) => [20, level]),
    )
    const path = writeWav(folder.path(`${number}.wav`), stereo(samples), { sampleRateHz, bits: 16 })
    const { loudness } = await measureTrack(path)
    expect(Math.abs((loudness.rangeLu ?? 0) - expected)).toBeLessThanOrEqual(0.5)
  })
})
