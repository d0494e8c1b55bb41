import { afterAll, describe, expect, it } from 'vitest'
import { audioMeasuresSchema } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { noise, tone } from './signals.ts'
import { soundFolder, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)

const RATE = 44_100
const SECONDS = 20
let count = 0
async function lowEndOf(samples: Float64Array) {
  const measures = await measureTrack(
    writeWav(folder.path(`${count++}.wav`), [samples], { sampleRateHz: RATE }),
  )
  expect(audioMeasuresSchema.parse(measures)).toEqual(measures)
  return measures.spectrum.lowEnd
}

const made = (value: (seconds: number) => number) =>
  Float64Array.from({ length: RATE * SECONDS }, (_, i) => value(i / RATE))
const sine = (hz: number, seconds: number) => Math.sin(2 * Math.PI * hz * seconds)

/** A drum on every beat that falls by 78 dB a second. */
const kick = (hz: number, gain = 0.6) =>
  made((t) => {
    const since = t % (60 / 120)
    return gain * sine(hz, since) * Math.exp(-9 * since)
  })
const bass = (hz: number, gain = 0.3) => made((t) => gain * (sine(hz, t) + 0.4 * sine(2 * hz, t)))
const sum = (a: Float64Array, b: Float64Array) => a.map((x, i) => x + (b[i] ?? 0))

describe('the low end', () => {
  it('names the notes of a bass line with their octave, share and deviation', async () => {
    // A1 for half of the time, C2 and E2 (10 cents sharp) for a quarter each.
    const hz = [55, 65.406, 55, 82.407 * 2 ** (10 / 1200)]
    const phases = [0, 0, 0, 0]
    const line = made((t) => {
      const step = Math.floor(t) % 4
      phases[step] = (phases[step] ?? 0) + (2 * Math.PI * (hz[step] ?? 0)) / RATE
      return 0.3 * Math.sin(phases[step] ?? 0) + 0.1 * Math.sin(2 * (phases[step] ?? 0))
    })
    const lowEnd = await lowEndOf(line)
    expect(lowEnd?.notes.map(({ note }) => note).sort()).toEqual(['A1', 'C2', 'E2'])
    expect(lowEnd?.notes[0]).toMatchObject({ note: 'A1', frequencyHz: 55, cents: 0 })
    expect(Math.abs((lowEnd?.notes[0]?.share ?? 0) - 0.5)).toBeLessThan(0.05)
    expect(lowEnd?.notes.find(({ note }) => note === 'E2')?.cents).toBeCloseTo(10, -0.5)
    expect(lowEnd?.noteConfidence).toBeGreaterThan(0.8)
    expect(lowEnd).toMatchObject({ kickDb: null, strokesPerMinute: null, overlap: null })
  })

  it('parts a kick from a held bass', async () => {
    const lowEnd = await lowEndOf(sum(kick(50), bass(110)))
    expect(Math.abs((lowEnd?.strokesPerMinute ?? 0) - 120)).toBeLessThan(6)
    expect(lowEnd?.notes[0]?.note).toBe('A2')
    // ∫(0.6·sin)²·e^(−18t) over 0.5 s is 0.0100, the bass holds 0.5·0.3²/2 = 0.0225 under 200 Hz: a kick 3.5 dB below it,
    // of whose ringing some counts as held.
    const differenceDb = (lowEnd?.bassDb ?? 0) - (lowEnd?.kickDb ?? 0)
    expect(differenceDb).toBeGreaterThan(3)
    expect(differenceDb).toBeLessThan(6)
  })

  it('tells a kick that stands where the bass stands from one that stands alone', async () => {
    const alone = await lowEndOf(kick(50))
    const apart = await lowEndOf(sum(kick(50), bass(110)))
    const together = await lowEndOf(sum(kick(50, 0.8), bass(55, 0.4)))
    expect(alone?.overlap).toBeLessThan(0.05)
    expect(apart?.overlap).toBeLessThan(0.1)
    expect(together?.overlap).toBeGreaterThan(0.3)
  })

  it('knows how much lies under 60 Hz', async () => {
    const tones = sum(tone(RATE, [[SECONDS, -12]], 45), tone(RATE, [[SECONDS, -12]], 1000))
    expect((await lowEndOf(tones))?.subDb).toBeCloseTo(-3, 0)
  })

  it('hears no notes and no kick in noise, and nothing at all where there are no lows', async () => {
    const hiss = await lowEndOf(noise(RATE * SECONDS, 4).map((x) => x * 0.3))
    expect(hiss).toMatchObject({ notes: [], noteShare: 0, kickDb: null })
    expect(await lowEndOf(tone(RATE, [[5, -10]], 2000))).toBeNull()
    expect(await lowEndOf(new Float64Array(RATE * 3))).toBeNull()
  })
})

describe('a resonance', () => {
  const resonancesOf = async (samples: Float64Array) => {
    const path = writeWav(folder.path(`${count++}.wav`), [samples], { sampleRateHz: RATE })
    return (await measureTrack(path)).spectrum.resonances ?? []
  }
  const hiss = noise(RATE * SECONDS, 8).map((x) => x * 0.1)

  it('tells from when to when it is there', async () => {
    const whistle = tone(
      RATE,
      [
        [6, null],
        [8, -20],
        [6, null],
      ],
      2500,
    )
    const [first] = await resonancesOf(sum(hiss, whistle))
    expect(first?.ranges).toHaveLength(1)
    expect(Math.abs((first?.ranges?.[0]?.startSeconds ?? 0) - 6)).toBeLessThan(0.4)
    expect(Math.abs((first?.ranges?.[0]?.endSeconds ?? 0) - 14)).toBeLessThan(0.4)
    expect(first?.presentShare).toBeCloseTo(0.4, 1)
    expect(first?.steady).toBe(false)
  })

  it('is steady when it never stops, and moves with the notes of a melody', async () => {
    const [held] = await resonancesOf(sum(hiss, tone(RATE, [[SECONDS, -30]], 3000)))
    expect(held).toMatchObject({ steady: true, presentShare: 1 })
    const notes = [440, 523.25, 659.25, 783.99]
    const melody = made((t) => 0.3 * sine(notes[Math.floor(2 * t) % 4] ?? 0, t))
    const moving = await resonancesOf(sum(hiss, melody))
    expect(moving).toHaveLength(4)
    for (const { steady, ranges } of moving) {
      expect(steady).toBe(false)
      expect(ranges?.length).toBeGreaterThan(3)
    }
  })
})
