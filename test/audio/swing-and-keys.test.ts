import { afterAll, describe, expect, it } from 'vitest'
import { audioMeasuresSchema } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { noise } from './signals.ts'
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

type Stroke = readonly [beat: number, gain: number, kind: 'kick' | 'hat']

/** 30 s of strokes; `bar` gives those of one beat. */
function drums(bpm: number, bar: (beat: number) => readonly Stroke[]): Float64Array {
  const seconds = 30
  const samples = new Float64Array(RATE * seconds)
  const hiss = noise(4000, 5)
  for (let beat = 0; 0.2 + (beat * 60) / bpm < seconds - 0.2; beat++) {
    for (const [place, gain, kind] of bar(beat)) {
      const start = Math.round((0.2 + ((beat + place) * 60) / bpm) * RATE)
      for (let i = 0; i < 4000 && start + i < samples.length; i++) {
        const click = (hiss[i] ?? 0) * Math.exp(-i / (kind === 'kick' ? 100 : 400))
        const body = kind === 'kick' ? Math.sin((2 * Math.PI * 55 * i) / RATE) * Math.exp(-i / 2500) : 0
        samples[start + i] = (samples[start + i] ?? 0) + gain * (body + (kind === 'kick' ? 0.2 : 1) * click)
      }
    }
  }
  return samples
}

const backbone = (beat: number): Stroke[] => [
  [0, beat % 2 === 0 ? 0.6 : 0, 'kick'],
  [0, beat % 2 === 0 ? 0.2 : 0.5, 'hat'],
]

describe('swing', () => {
  it.each([50, 54, 58, 62, 66.7])('of %d %% is read from eighths', async (percent) => {
    const { rhythm } = await measured(drums(120, (beat) => [...backbone(beat), [percent / 100, 0.2, 'hat']]))
    expect(Math.abs((rhythm?.swing?.eighths?.percent ?? 0) - percent)).toBeLessThan(1)
    expect(rhythm?.swing?.eighths?.confidence).toBeGreaterThan(0.8)
    expect(rhythm?.swing?.sixteenths).toBeNull()
  })

  it.each([50, 58, 66.7])('of %d %% is read from sixteenths beside straight eighths', async (percent) => {
    const { rhythm } = await measured(
      drums(126, (beat) => [
        ...backbone(beat),
        [0.5, 0.3, 'hat'],
        [percent / 200, 0.15, 'hat'],
        [0.5 + percent / 200, 0.15, 'hat'],
      ]),
    )
    expect(Math.abs((rhythm?.swing?.eighths?.percent ?? 0) - 50)).toBeLessThan(1)
    expect(Math.abs((rhythm?.swing?.sixteenths?.percent ?? 0) - percent)).toBeLessThan(1)
  })

  it('is not told where no off-beats are played', async () => {
    const { rhythm } = await measured(drums(120, backbone))
    expect(rhythm?.swing).toEqual({ eighths: null, sixteenths: null })
  })
})

/** Chords of 2 s with their root in the bass; semitones from A. */
function chords(
  seconds: number,
  progression: readonly (readonly number[])[],
  shift: (seconds: number) => number,
) {
  return Float64Array.from({ length: RATE * seconds }, (_, i) => {
    const t = i / RATE
    const chord = progression[Math.floor(t / 2) % progression.length] ?? []
    const tone = (hz: number, note: number) => Math.sin(2 * Math.PI * hz * 2 ** ((note + shift(t)) / 12) * t)
    const voices = chord.reduce((sum, note) => sum + tone(220, note), 0) + 1.5 * tone(55, chord[0] ?? 0)
    return 0.08 * voices * Math.exp(-0.5 * (t % 2))
  })
}

const cadence = [
  [3, 7, 10],
  [8, 12, 15],
  [10, 14, 17],
  [3, 7, 10],
]

describe('the key over time', () => {
  it('changes where the music modulates, to the key it goes to', async () => {
    const { tonality } = await measured(chords(80, cadence, (t) => (t < 40 ? 0 : 2)))
    expect(tonality?.segments?.map(({ key, camelot }) => [key, camelot])).toEqual([
      ['C major', '8B'],
      ['D major', '10B'],
    ])
    expect(tonality?.modulations).toHaveLength(1)
    expect(Math.abs((tonality?.modulations?.[0]?.atSeconds ?? 0) - 40)).toBeLessThan(8.1)
    expect(tonality?.modulations?.[0]).toMatchObject({ from: 'C major', to: 'D major' })
    for (const { share } of tonality?.shares ?? []) expect(Math.abs(share - 0.5)).toBeLessThan(0.11)
  })

  it('stays with music that stays, and through a passage of ten seconds', async () => {
    const steady = (await measured(chords(60, cadence, () => 0))).tonality
    expect(steady?.segments).toHaveLength(1)
    expect(steady?.segments?.[0]).toMatchObject({ startSeconds: 0, endSeconds: 60, key: steady?.key })
    expect(steady?.modulations).toEqual([])
    expect(steady?.shares).toEqual([{ key: 'C major', share: 1 }])
    const passing = (await measured(chords(90, cadence, (t) => (t > 40 && t < 50 ? 2 : 0)))).tonality
    expect(passing?.modulations).toEqual([])
  })
})
