import { afterAll, describe, expect, it } from 'vitest'
import { audioMeasuresSchema } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { noise, tone } from './signals.ts'
import { soundFolder, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)

const RATE = 44_100
let count = 0
async function measured(samples: Float64Array) {
  const measures = await measureTrack(
    writeWav(folder.path(`${count++}.wav`), [samples], { sampleRateHz: RATE }),
  )
  expect(audioMeasuresSchema.parse(measures)).toEqual(measures)
  return measures
}

/** Short bursts of noise, so many a second. */
function strokes(perSecond: number, seconds: number): Float64Array {
  const samples = new Float64Array(RATE * seconds)
  const burst = noise(1500, 5).map((x, i) => 0.5 * x * Math.exp(-i / 200))
  for (let at = 0.1; at < seconds; at += 1 / perSecond) {
    const room = samples.subarray(Math.round(at * RATE))
    room.set(burst.subarray(0, room.length))
  }
  return samples
}

const joined = (...parts: Float64Array[]) => Float64Array.from(parts.flatMap((part) => [...part]))

describe('crest over time', () => {
  it('is 3.01 dB wherever a sine sounds, however loud, and null in silence', async () => {
    const { crestCurve } = (
      await measured(
        tone(
          RATE,
          [
            [5, -6],
            [5, -30],
            [5, null],
          ],
          997,
        ),
      )
    ).dynamics
    expect(crestCurve?.stepSeconds).toBe(1)
    expect(crestCurve?.crestDb).toEqual([...Array(10).fill(3), ...Array(5).fill(null)])
  })

  it('is told for each band: none in a held tone, 10·log10 of the pause in a broken one', async () => {
    const broken = tone(
      RATE,
      Array.from({ length: 40 }, (_, i) => [0.5, i % 2 === 0 ? -12 : null] as const),
      997,
    )
    const bands = (await measured(broken)).dynamics.bandCrestCurve?.bands ?? []
    const mid = bands.find(({ name }) => name === 'Mid')?.crestDb ?? []
    // Half of the time there is nothing: the mean is half of the highest, 3.01 dB.
    for (const crest of mid.slice(1, -1)) expect(Math.abs((crest ?? 9) - 3)).toBeLessThan(0.6)
    const held = (await measured(tone(RATE, [[10, -12]], 997))).dynamics.bandCrestCurve?.bands ?? []
    expect(held.find(({ name }) => name === 'Mid')?.crestDb[3]).toBe(0)
    expect(held.find(({ name }) => name === 'Sub')?.crestDb[3]).toBeNull()
  })
})

describe('transients', () => {
  it.each([1, 2, 4, 8])(
    'of %i strokes a second are all counted, in quiet and over hiss',
    async (perSecond) => {
      const dry = strokes(perSecond, 20)
      const hiss = noise(dry.length, 9)
      expect((await measured(dry)).dynamics.transientsPerSecond).toBeCloseTo(perSecond, 1)
      const wet = dry.map((x, i) => x + 0.02 * (hiss[i] ?? 0))
      expect((await measured(wet)).dynamics.transientsPerSecond).toBeCloseTo(perSecond, 1)
    },
  )

  it('are not counted in steady noise or a held tone, but for the start of the track', async () => {
    for (const steady of [noise(RATE * 20, 3).map((x) => x / 2), tone(RATE, [[20, -10]], 440)])
      expect((await measured(steady)).dynamics.transientsPerSecond).toBeLessThan(0.2)
  })

  it('are told over time', async () => {
    const { transientCurve } = (await measured(joined(strokes(2, 20), strokes(8, 20)))).dynamics
    expect(transientCurve).toEqual({
      stepSeconds: 2,
      perSecond: [...Array(10).fill(2), ...Array(10).fill(8)],
    })
  })
})

describe('the dynamics of sections', () => {
  it('are those of what sounds inside each', async () => {
    const { dynamics, structure } = await measured(joined(strokes(2, 32), strokes(8, 32)))
    const sections = dynamics.sections ?? []
    expect(sections.map(({ startSeconds }) => startSeconds)).toEqual(
      structure?.sections.map(({ startSeconds }) => startSeconds),
    )
    const [sparse, dense] = [sections[0], sections.at(-1)]
    // Four times the strokes at the same peak: four times the energy, 6 dB less crest and PSR.
    expect((sparse?.crestDb ?? 0) - (dense?.crestDb ?? 0)).toBeCloseTo(6, 0)
    expect((sparse?.psrDb ?? 0) - (dense?.psrDb ?? 0)).toBeCloseTo(6, 0)
    expect(dense?.rangeLu).toBeLessThan(0.2)
  })
})

describe('pumping', () => {
  const bpm = 124
  const seconds = 20
  const beat = 60 / bpm
  const hiss = noise(RATE * seconds, 77)
  const made = (value: (t: number, i: number) => number) =>
    Float64Array.from({ length: RATE * seconds }, (_, i) => value(i / RATE, i))
  const sum = (...parts: Float64Array[]) =>
    made((_, i) => parts.reduce((all, part) => all + (part[i] ?? 0), 0))
  const kick = made((t) => {
    const since = t % beat
    return 0.7 * Math.sin(2 * Math.PI * 50 * since) * Math.exp(-9 * since) + 0.2 * Math.exp(-400 * since)
  })
  const strings = [220, 277.18, 440, 880, 1760, 3520, 7040]
  const pad = made(
    (t, i) =>
      0.1 *
      strings.reduce(
        (all, hz, k) => all + Math.sin(2 * Math.PI * hz * t + k) / (1 + k / 3),
        0.1 * (hiss[i] ?? 0),
      ),
  )
  const ducked = (db: number, releaseSeconds: number) =>
    pad.map((x, i) => x * 10 ** ((-db / 20) * Math.max(0, 1 - ((i / RATE) % beat) / releaseSeconds)))
  const hats = (places: readonly number[], decay: number) =>
    made((t, i) => {
      const place = (t / beat) % 1
      const since = Math.min(...places.map((at) => (place - at + 1) % 1)) * beat
      return 0.2 * (hiss[i] ?? 0) * Math.exp(-since * decay)
    })

  it.each([3, 6, 10])('of %i dB that the kick makes in all else is found at every beat', async (db) => {
    const { pumping } = (await measured(sum(kick, ducked(db, 0.35)))).dynamics
    expect(pumping?.rateHz).toBeCloseTo(bpm / 60, 1)
    expect(pumping?.confidence).toBeGreaterThan(0.7)
    // Windows of 93 ms smooth the tip of the dip away.
    expect(pumping?.depthDb).toBeGreaterThan(0.6 * db)
    expect(pumping?.depthDb).toBeLessThan(1.05 * db)
  })

  it('is not heard in a kick on every beat, with or without a pad, hats, or chords on the off-beat', async () => {
    const chords = pad.map((x, i) => ((i / RATE / beat) % 1 > 0.5 ? x : x / 10))
    for (const track of [
      kick,
      sum(kick, pad),
      sum(kick, pad, hats([0.5], 30)),
      sum(kick, pad, hats([0, 0.25, 0.5, 0.75], 100)),
      sum(kick, chords),
    ])
      expect((await measured(track)).dynamics.pumping).toBeNull()
  })
})
