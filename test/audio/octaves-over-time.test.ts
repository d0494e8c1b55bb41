import { afterAll, describe, expect, it } from 'vitest'
import { measureTrack } from '../../src/audio/measure.ts'
import { THIRD_OCTAVES } from '../../src/audio/third-octaves.ts'
import { noise, scaled } from './signals.ts'
import { soundFolder, writeWav } from './sound-files.ts'

const RATE_HZ = 44_100
const folder = soundFolder()
afterAll(folder.remove)
let count = 0
const measured = async (samples: Float64Array) => {
  const path = writeWav(folder.path(`${count++}.wav`), [samples], { sampleRateHz: RATE_HZ, bits: 24 })
  return (await measureTrack(path)).spectrum.octavesOverTime
}
const at = (hz: number) => THIRD_OCTAVES.findIndex(({ centreHz }) => centreHz === hz)
const hiss = scaled(noise(12 * RATE_HZ, 1), -20)

describe('third octaves over time', () => {
  it('of steady noise hardly vary, and rise by 1 dB per band', async () => {
    const octaves = await measured(hiss)
    const { meanDb = [], quietDb = [], loudDb = [] } = octaves ?? {}
    for (const hz of [1000, 2000, 4000, 8000]) {
      const i = at(hz)
      expect((loudDb[i] ?? 0) - (quietDb[i] ?? 0)).toBeLessThanOrEqual(3)
      expect((meanDb[i + 3] ?? 0) - (meanDb[i] ?? 0)).toBeCloseTo(3, 0)
    }
  })

  it('of noise that is 12 dB louder for half of the time lie 12 dB apart, with the mean between', async () => {
    const octaves = await measured(hiss.map((value, i) => (i % (2 * RATE_HZ) < RATE_HZ ? value : value / 4)))
    const i = at(2000)
    const [quiet = 0, mean = 0, loud = 0] = [octaves?.quietDb[i], octaves?.meanDb[i], octaves?.loudDb[i]]
    expect(Math.abs(loud - quiet - 12)).toBeLessThanOrEqual(2)
    expect(Math.abs(mean - (quiet + loud) / 2)).toBeLessThanOrEqual(1.5)
  })

  it('leave pauses out', async () => {
    const i = at(2000)
    const whole = (await measured(hiss))?.quietDb[i] ?? 0
    const paused = await measured(hiss.map((value, n) => (n % (4 * RATE_HZ) < RATE_HZ ? 0 : value)))
    expect(Math.abs((paused?.quietDb[i] ?? 0) - whole)).toBeLessThanOrEqual(2)
  })

  it('are null in silence', async () => {
    expect(await measured(new Float64Array(RATE_HZ))).toBeNull()
  })
})
