import { describe, expect, it } from 'vitest'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { judgeTrack } from '../../src/findings/judge-track.ts'
import { tooWideBy } from '../../src/findings/width/width-score.ts'
import { noise, scaled } from '../audio/signals.ts'
import { soundFolder, writeWav } from '../audio/sound-files.ts'

const folder = soundFolder()
const hiss = [scaled(noise(4 * 44_100, 1), -12), scaled(noise(4 * 44_100, 2), -12)]
const audio = await measureTrack(writeWav(folder.path('noise.wav'), hiss, { sampleRateHz: 44_100 }))
folder.remove()

type Bands = readonly { widthDb: number; correlation: number }[]

/** Correlation of sides of the same level, from the width: (M² − S²) / (M² + S²). */
const atWidth = (widthDb: number) => {
  const side = 10 ** (widthDb / 10)
  return { widthDb, correlation: (1 - side) / (1 + side) }
}

function withBands(bands: Bands): AudioMeasures {
  const whole = bands.reduce((sum, { widthDb }) => sum + widthDb, 0) / bands.length
  return {
    ...audio,
    stereo: {
      ...audio.stereo,
      ...atWidth(whole),
      bands: (audio.stereo.bands ?? []).map((band, i) => ({ ...band, ...bands[i] })),
    },
  }
}

/** From the lows to the highs. */
const usual = [-20, -12, -9, -7, -7, -8, -9]
const raised = (db: number) => withBands(usual.map((width) => atWidth(width + db)))
const rulesOf = (measures: AudioMeasures) =>
  judgeTrack(measures).findings.flatMap(({ rule, also }) => [rule, ...also.map((other) => other.rule)])

describe('an image that is wide in every band', () => {
  it('is too wide from some raising of the side on, the surer the more', () => {
    const confidences = [0, 6, 9, 12, 15].map((db) => tooWideBy(raised(db))?.confidence ?? 0)
    expect(confidences[0]).toBe(0)
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b))
    expect(confidences.at(-1)).toBeGreaterThan(0.3)
  })

  it('is too wide by what lowering the side must take away', () => {
    const excessDb = tooWideBy(raised(14))?.excessDb ?? 0
    expect(excessDb).toBeGreaterThan(1)
    expect(tooWideBy(raised(14 - excessDb - 0.2))).toBeNull()
    expect(tooWideBy(raised(14 - excessDb + 0.4))).not.toBeNull()
  })
})

it('narrow lows under wide highs are how music is made, and not too wide', () => {
  expect(tooWideBy(withBands([-30, -20, -8, -4, -2, -2, -2].map(atWidth)))).toBeNull()
})

describe('a channel that is upside down', () => {
  const upsideDown = (bands: Bands): Bands =>
    bands.map(({ widthDb, correlation }) => ({ widthDb: -widthDb, correlation: -correlation }))
  const wideMiddle = [-21, -10, 1, 0.4, 0.5, -3, -9].map(atWidth)

  it('is told where the middle hardly correlates: by lows and highs', () => {
    expect(rulesOf(withBands(wideMiddle))).not.toContain('inverted-polarity')
    expect(rulesOf(withBands(upsideDown(wideMiddle)))).toContain('inverted-polarity')
  })

  it('is not what turned only the lows over', () => {
    const lows = upsideDown(wideMiddle.slice(0, 2))
    const rules = rulesOf(withBands([...lows, ...wideMiddle.slice(2)]))
    expect(rules).not.toContain('inverted-polarity')
    expect(rules).toContain('side-only-lows')
  })
})
