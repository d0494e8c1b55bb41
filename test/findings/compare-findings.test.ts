import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderDemo } from '../../scripts/demo/synth.ts'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { type FindingChanges, findingChangesSchema } from '../../src/findings/changes-contract.ts'
import { compareFindings } from '../../src/findings/compare-findings.ts'
import type { Advice, RuleId } from '../../src/findings/contract.ts'
import { followAdvice } from '../../src/findings/follow-advice.ts'
import type { Purpose } from '../../src/findings/rule.ts'
import { changesSince } from '../../src/report/changes-since.ts'
import { soundFolder, writeWav } from '../audio/sound-files.ts'
import { equalised, fadedOut, louder, type Mix, oneSide, withClicks } from './plant-faults.ts'

const MASTER: Purpose = { kind: 'master', genre: null, destination: null }
const MIX: Purpose = { ...MASTER, kind: 'mix' }
const [left = new Float64Array(), right = new Float64Array()] = renderDemo()
const end = 14 * 44_100
const clean = louder(fadedOut([left.slice(0, end), right.slice(0, end)], 2), -4)
const folder = soundFolder()
afterAll(folder.remove)

let count = 0
const measured = (mix: Mix) =>
  measureTrack(writeWav(folder.path(`${count++}.wav`), mix, { sampleRateHz: 44_100, bits: 24 }))

const leaning = (gain: number) => measured(oneSide(clean, gain))
let good: AudioMeasures
let leans4: AudioMeasures
beforeAll(async () => {
  good = await measured(clean)
  leans4 = await leaning(0.63)
})

const of = (newer: AudioMeasures, earlier: AudioMeasures, purpose = MASTER) => {
  const changes = compareFindings(newer, earlier, purpose)
  expect(findingChangesSchema.parse(changes)).toEqual(changes)
  return changes
}

const lean = ({ findings }: FindingChanges) => findings.find(({ rule }) => rule === 'imbalance')

describe('a finding of the earlier version', () => {
  it('that is gone is fixed, with both numbers and the advice that was followed', () => {
    const change = lean(of(good, leans4))
    expect(change).toMatchObject({
      rule: 'imbalance',
      state: 'fixed',
      isMarginal: false,
      severity: { now: null },
      advice: { verdict: 'as advised' },
    })
    expect(change?.number?.earlier).toBeCloseTo((change?.number?.now ?? 0) + 4, 0)
    expect(change?.words).toContain('fixed')
  })

  it.for([
    ['better', 0.75],
    ['worse', 0.5],
  ] as const)('that is still there says that it got %s, and by how much', async ([trend, gain]) => {
    const change = lean(of(await leaning(gain), leans4))
    expect(change).toMatchObject({ rule: 'imbalance', state: 'still there', trend })
    const by = (change?.number?.now ?? 0) - (change?.number?.earlier ?? 0)
    expect(by).toBeCloseTo(20 * Math.log10(0.63 / gain), 0)
  })

  it('that nobody touched is unchanged, and its advice not followed', () => {
    const change = lean(of(leans4, leans4))
    expect(change).toMatchObject({ state: 'still there', trend: 'same', advice: { verdict: 'not made' } })
  })

  it('whose balance went over to the other side did more than was advised', async () => {
    const overdone = await measured([clean[0].map((value) => 0.5 * value), clean[1]])
    const change = lean(of(overdone, leans4))
    expect(change).toMatchObject({ state: 'still there', advice: { verdict: 'more than advised' } })
  })
})

it('a fault that came in is new', async () => {
  const { findings } = of(await measured(withClicks(clean, 10)), good)
  expect(findings.find(({ rule }) => rule === 'clicks')).toMatchObject({
    state: 'new',
    advice: null,
    severity: { earlier: null, now: 'moderate' },
    number: { earlier: 0 },
  })
})

it('hum that was taken out is fixed, though no number of it is left', () => {
  const hum = { frequencyHz: 50, levelDbfs: -40, harmonics: [50, 100, 150] }
  const humming = { ...good, faults: good.faults && { ...good.faults, hum } }
  const change = of(good, humming).findings.find(({ rule }) => rule === 'hum')
  expect(change).toMatchObject({ state: 'fixed', number: { earlier: -40, now: null } })
})

it('a rule that cannot judge one of the two says so instead of "fixed"', () => {
  const withoutFaults = { ...good, faults: null }
  const clicking = {
    ...good,
    faults: good.faults && {
      ...good.faults,
      clicks: { count: 50, firstSeconds: 1, longestSeconds: 0, events: [] },
    },
  }
  expect(of(withoutFaults, clicking).findings.find(({ rule }) => rule === 'clicks')?.state).toBe(
    'cannot be told',
  )
  expect(of(clicking, withoutFaults).findings.find(({ rule }) => rule === 'clicks')?.state).toBe(
    'cannot be told',
  )
})

it('both versions are judged as the same thing: a mix has no "too quiet" to fix', async () => {
  const quiet = await measured(louder(clean, -16))
  const quietness = (purpose: Purpose) =>
    of(good, quiet, purpose).findings.filter(({ rule }) => rule === 'too-quiet')
  expect(quietness(MIX)).toEqual([])
  expect(quietness(MASTER).map(({ state }) => state)).toEqual(['fixed'])
})

it('fixing raises the score of its area and the overall one', () => {
  const { scores } = of(good, leans4)
  for (const area of [null, 'stereo'] as const) {
    const score = scores.find((one) => one.area === area)
    expect(score?.now ?? 0).toBeGreaterThan(score?.earlier ?? 100)
  }
})

describe('advice of 2 to 3 dB less around 250 Hz', () => {
  const advice: Advice = {
    path: 'spectrum.thirdOctaves',
    what: 'Level of 200 to 315 Hz',
    band: { fromHz: 200, toHz: 315 },
    unit: 'dB',
    change: { from: -3, to: -2 },
  }
  it.for([
    [-2.6, 'as advised'],
    [-1.2, 'less than advised'],
    [-6, 'more than advised'],
    [3, 'the other way'],
    [0, 'not made'],
  ] as const)('was answered by a bell of %d dB and any gain: %s', async ([gainDb, verdict]) => {
    const bell = { kind: 'bell', centreHz: 250, q: 0.9, sign: 1 } as const
    const newer = await measured(louder(gainDb === 0 ? clean : equalised(clean, bell, gainDb), -3))
    const followed = followAdvice(advice, newer, good)
    expect(followed.verdict).toBe(verdict)
    // The mean of three thirds is a little less than the peak of the bell.
    expect(Math.abs((followed.made ?? 9) - 0.87 * gainDb)).toBeLessThan(0.4)
  })
})

describe('advice about a number that only some tracks have', () => {
  const hum = (levelDbfs: number | null): AudioMeasures => ({
    ...good,
    faults: good.faults && {
      ...good.faults,
      hum: levelDbfs === null ? null : { frequencyHz: 50, levelDbfs, harmonics: [50, 100] },
    },
  })
  const ringing = (overDb: number | null): AudioMeasures => ({
    ...good,
    spectrum: {
      ...good.spectrum,
      resonances: [
        { frequencyHz: 90, overDb: 20 },
        ...(overDb === null ? [] : [{ frequencyHz: 1000, overDb }]),
      ],
    },
  })
  const walled = (dropDb: number): AudioMeasures => ({
    ...good,
    spectrum: {
      ...good.spectrum,
      lossySource: { suspected: dropDb > 24, edgeHz: dropDb > 24 ? 16_000 : null, dropDb },
    },
  })
  const noisy = (floorDb: number): AudioMeasures => {
    const { spectrogram } = good.spectrum
    const levelsDb = spectrogram?.levelsDb.map((column) =>
      column.map((level, band) => ((spectrogram.bandsHz[band] ?? 0) >= 10_000 ? floorDb : level)),
    )
    return {
      ...good,
      spectrum: {
        ...good.spectrum,
        ...(spectrogram && { spectrogram: { ...spectrogram, levelsDb: levelsDb ?? [] } }),
      },
    }
  }
  const dropping = (riseDb: number): AudioMeasures => ({
    ...good,
    structure: {
      contrastDb: 6,
      sections: [
        { startSeconds: 0, endSeconds: 7, label: 'build', confidence: 1, energyDb: -3 },
        { startSeconds: 7, endSeconds: 14, label: 'drop', confidence: 1, energyDb: riseDb - 3 },
      ],
    },
  })
  const wandering = (percent: number): AudioMeasures => ({
    ...good,
    source: { ...good.source, durationSeconds: 60 },
    rhythm: good.rhythm && {
      ...good.rhythm,
      steady: percent < 1,
      confidence: 1,
      tempoCurve: { stepSeconds: 1, tempoBpm: [100, 100, 100 + percent, 100 + percent] },
    },
  })
  const tuned = (tuningCents: number): AudioMeasures => ({
    ...good,
    tonality: {
      key: 'A minor',
      camelot: '8A',
      confidence: 1,
      alternatives: [],
      tuningCents,
    },
  })

  it.for<[rule: RuleId, verdict: string, earlier: () => AudioMeasures, newer: () => AudioMeasures]>([
    ['hum', 'as advised', () => hum(-40), () => hum(null)],
    ['hum', 'less than advised', () => hum(-40), () => hum(-55)],
    ['hum', 'not made', () => hum(-40), () => hum(-40)],
    ['resonance', 'as advised', () => ringing(30), () => ringing(null)],
    ['resonance', 'as advised', () => ringing(30), () => ringing(26)],
    ['resonance', 'the other way', () => ringing(30), () => ringing(35)],
    ['lossy-source', 'as advised', () => walled(40), () => walled(5)],
    ['lossy-source', 'not made', () => walled(40), () => walled(40)],
    ['noise-floor', 'as advised', () => noisy(-60), () => noisy(-90)],
    ['noise-floor', 'less than advised', () => noisy(-60), () => noisy(-66)],
    ['build-over-drop', 'as advised', () => dropping(-1), () => dropping(2)],
    ['build-over-drop', 'the other way', () => dropping(-1), () => dropping(-4)],
    ['tempo-drift', 'as advised', () => wandering(3), () => wandering(0)],
    ['tempo-drift', 'not made', () => wandering(3), () => wandering(3)],
    ['off-tuning', 'as advised', () => tuned(30), () => tuned(2)],
    ['off-tuning', 'less than advised', () => tuned(30), () => tuned(15)],
  ])('%s: %s', ([rule, verdict, earlier, newer]) => {
    const change = of(newer(), earlier()).findings.find((one) => one.rule === rule)
    expect(change?.advice?.verdict).toBe(verdict)
    expect(change?.words).not.toContain('cannot be told')
  })
})

it('another track has no findings to compare with', async () => {
  const noise = clean.map((channel) =>
    channel.map((_, i) => Math.sin(i * i * 1e-5) * 0.2),
  ) satisfies Float64Array[]
  const other = await measured([noise[0] ?? new Float64Array(), noise[1] ?? new Float64Array()])
  const changes = changesSince(good, other, MASTER)
  expect(changes.reason).toBe('not-alike')
  expect(changes.findings).toBeNull()
})
