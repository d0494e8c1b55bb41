import { afterAll, describe, expect, it } from 'vitest'
import { measureTrack } from '../../src/audio/measure.ts'
import { noise, tone } from './signals.ts'
import { ffmpeg, soundFolder, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)
const SECONDS = 24

let count = 0
const measured = (samples: Float64Array) =>
  measureTrack(writeWav(folder.path(`${count++}.wav`), [samples], { sampleRateHz: 44_100 }))

/** Chords of sawtooth-like notes, one per second; MIDI note numbers at a tuning in Hz. */
function chords(progression: readonly (readonly number[])[], a4Hz = 440): Float64Array {
  return Float64Array.from({ length: SECONDS * 44_100 }, (_, i) => {
    const t = i / 44_100
    const chord = progression[Math.floor(t) % progression.length] ?? []
    let sum = 0
    for (const note of chord) {
      const hz = a4Hz * 2 ** ((note - 69) / 12)
      for (let h = 1; h <= 6; h++) sum += Math.sin(2 * Math.PI * hz * h * t) / h
    }
    return 0.05 * sum * Math.exp(-1.5 * (t % 1))
  })
}

const I_IV_V_I = [
  [48, 60, 64, 67],
  [41, 60, 65, 69],
  [43, 59, 62, 67],
  [48, 60, 64, 67],
]
const transposed = (by: number) => I_IV_V_I.map((chord) => chord.map((note) => note + by))
const i_iv_v_i = [
  [45, 57, 60, 64],
  [38, 57, 62, 65],
  [40, 56, 59, 64],
  [45, 57, 60, 64],
]

describe('the key', () => {
  it.each([
    [0, 'C major', '8B'],
    [3, 'Eb major', '5B'],
    [6, 'F# major', '2B'],
    [9, 'A major', '11B'],
  ])('of a cadence moved by %i semitones is %s', async (by, key, camelot) => {
    const { tonality } = await measured(chords(transposed(by)))
    expect(tonality).toMatchObject({ key, camelot })
  })

  it('of a minor cadence is minor', async () => {
    expect((await measured(chords(i_iv_v_i))).tonality).toMatchObject({ key: 'A minor', camelot: '8A' })
  })

  it('is found in another tuning, which is measured', async () => {
    const { tonality } = await measured(chords(transposed(2), 432))
    expect(tonality?.key).toBe('D major')
    // 432 Hz lies 1200·log2(432/440) = −31.8 cents from concert pitch.
    expect(Math.abs((tonality?.tuningCents ?? 0) + 31.8)).toBeLessThan(4)
  })

  it.each([
    ['silence', () => new Float64Array(SECONDS * 44_100)],
    ['white noise', () => noise(SECONDS * 44_100, 3).map((x) => x * 0.3)],
    [
      'a sweep',
      () =>
        Float64Array.from(
          { length: SECONDS * 44_100 },
          (_, i) => 0.5 * Math.sin(40 * (Math.exp(i / 150_000) - 1) * 25),
        ),
    ],
    ['a single tone', () => tone(44_100, [[SECONDS, -10]])],
    ['drums alone', drums],
  ])('is null for %s', async (_, make) => {
    expect((await measured(make())).tonality?.key).toBeNull()
  })

  it('is null for pink noise', async () => {
    ffmpeg('-f', 'lavfi', '-i', 'anoisesrc=c=pink:d=24:r=44100:a=0.3:seed=5', folder.path('pink.wav'))
    expect((await measureTrack(folder.path('pink.wav'))).tonality?.key).toBeNull()
  })
})

/** A falling bass drum on every half second, a noisy snare between, and ticks. */
function drums(): Float64Array {
  const hiss = noise(SECONDS * 44_100, 9)
  return hiss.map((x, i) => {
    const t = i / 44_100
    const kick = t % 0.5
    const snare = (t + 0.5) % 1
    return (
      0.7 * Math.sin(2 * Math.PI * (50 * kick + 4 * (1 - Math.exp(-kick / 0.02)))) * Math.exp(-kick / 0.15) +
      0.4 * x * Math.exp(-snare / 0.08) +
      0.1 * x * Math.exp(-(t % 0.125) / 0.02)
    )
  })
}

describe('the tempo', () => {
  it.each([92, 120, 128, 140, 174])(
    'of a drum pattern at %i BPM is found within 0.5 %% at some octave',
    async (bpm) => {
      const beat = 60 / bpm
      const hiss = noise(SECONDS * 44_100, bpm)
      const samples = hiss.map((x, i) => {
        const t = i / 44_100
        const kick = t % (2 * beat)
        const snare = (t + beat) % (2 * beat)
        const hat = t % (beat / 2)
        return (
          0.7 * Math.sin(2 * Math.PI * 55 * kick) * Math.exp(-kick / 0.1) +
          0.4 * x * Math.exp(-snare / 0.06) +
          0.1 * x * Math.exp(-hat / 0.02)
        )
      })
      const { rhythm } = await measured(samples)
      const ratio = (rhythm?.tempoBpm ?? 0) / bpm
      expect(Math.min(...[0.5, 1, 2].map((octave) => Math.abs(ratio / octave - 1)))).toBeLessThan(0.005)
      const grid = (rhythm?.beatsSeconds ?? []).map((seconds) => (seconds / (beat / 2)) % 1)
      const off = grid.filter((place) => Math.min(place, 1 - place) * (beat / 2) > 0.03)
      expect(off.length).toBeLessThan(grid.length / 10)
    },
  )

  it('is null where nothing repeats', async () => {
    expect((await measured(noise(SECONDS * 44_100, 12).map((x) => x * 0.3))).rhythm).toBeNull()
    expect((await measured(tone(44_100, [[SECONDS, -10]]))).rhythm).toBeNull()
    expect((await measured(new Float64Array(44_100))).rhythm).toBeNull()
  })

  it('offers alternatives that are sure together with it', async () => {
    const { rhythm } = await measured(drums())
    const sum = (rhythm?.alternatives ?? []).reduce(
      (total, { confidence }) => total + confidence,
      rhythm?.confidence ?? 0,
    )
    expect(sum).toBeGreaterThan(0.9)
    expect(sum).toBeLessThanOrEqual(1.001)
  })
})
