import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderDemo } from '../../scripts/demo/synth.ts'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import type { ToneSpectrum } from '../../src/findings/tone/estimate-tone.ts'
import { fullSections, toneSpectrum } from '../../src/findings/tone/full-sections.ts'
import { soundFolder, writeWav } from '../audio/sound-files.ts'
import { equalised, louder, type Mix } from './plant-faults.ts'

const [left = new Float64Array(), right = new Float64Array()] = renderDemo()
const cut = (fromSeconds: number, toSeconds: number): Mix => [
  left.slice(Math.round(44_100 * fromSeconds), Math.round(44_100 * toSeconds)),
  right.slice(Math.round(44_100 * fromSeconds), Math.round(44_100 * toSeconds)),
]
const joined = (...parts: Mix[]): Mix => [
  Float64Array.from(parts.flatMap(([side]) => [...side])),
  Float64Array.from(parts.flatMap(([, side]) => [...side])),
]
/** The demo without its breakdown. */
const full = joined(cut(0, 23.947), cut(29.754, 46.4))
/** The same parts, dark and quiet: three times as long as what follows. */
const dark = louder(
  equalised(cut(0, 23.947), { kind: 'high shelf', centreHz: 3000, q: 0.7, sign: -1 }, -40),
  -9,
)

const folder = soundFolder()
afterAll(folder.remove)
let alone: AudioMeasures
let afterDark: AudioMeasures
beforeAll(async () => {
  const measured = (name: string, mix: Mix) =>
    measureTrack(writeWav(folder.path(name), mix, { sampleRateHz: 44_100, bits: 16 }))
  alone = await measured('alone.wav', full)
  afterDark = await measured('after-dark.wav', joined(dark, dark, dark, full))
})

describe('a track with a long dark intro', () => {
  /** Mean level over time of the thirds from 2 to 8 kHz, against those from 100 to 400 Hz. dB */
  const highsDb = ({ octavesOverTime }: ToneSpectrum) => {
    const levels = octavesOverTime?.meanDb ?? []
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    return mean(levels.slice(19, 26)) - mean(levels.slice(6, 13))
  }

  it('has the highs that it has where everything plays, not those of its intro', () => {
    const truth = highsDb(alone.spectrum)
    expect(highsDb(afterDark.spectrum)).toBeLessThan(truth - 5)
    expect(Math.abs(highsDb(toneSpectrum(afterDark)) - truth)).toBeLessThan(1.5)
  })

  it('is judged from the end of the intro on', () => {
    const places = fullSections(afterDark)
    expect(Math.abs((places[0]?.startSeconds ?? 0) - 3 * 23.947)).toBeLessThan(2.5)
    expect(places.at(-1)?.endSeconds).toBeCloseTo(afterDark.source.durationSeconds, 0)
  })
})

describe('a track that is full all the way', () => {
  it('is judged as a whole', () => {
    expect(fullSections(alone)).toEqual([])
    expect(toneSpectrum(alone)).toBe(alone.spectrum)
  })
})

it('full sections of a few seconds are no base for a verdict', () => {
  const section = { label: 'section', confidence: 1 } as const
  const structure = {
    contrastDb: null,
    sections: [
      { ...section, startSeconds: 0, endSeconds: 100, energyDb: -12 },
      { ...section, startSeconds: 100, endSeconds: 115, energyDb: 0 },
    ],
  }
  expect(fullSections({ source: afterDark.source, structure })).toEqual([])
})
