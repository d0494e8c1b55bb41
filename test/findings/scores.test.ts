import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { choosePriorities } from '../../src/findings/choose-priorities.ts'
import type { Finding, RuleId } from '../../src/findings/contract.ts'
import { CONTRADICTIONS, contradict, dropContradictions } from '../../src/findings/drop-contradictions.ts'
import { judgeTrack } from '../../src/findings/judge-track.ts'
import { mergeCauses } from '../../src/findings/merge-causes.ts'
import type { Subject } from '../../src/findings/rule.ts'
import { type Standing, scoreTrack } from '../../src/findings/score-track.ts'
import { AREAS, RULE_IDS } from '../../src/findings/vocabulary.ts'
import { weigh } from '../../src/findings/weigh.ts'
import { noise, scaled } from '../audio/signals.ts'
import { soundFolder, writeWav } from '../audio/sound-files.ts'

const folder = soundFolder()
const hiss = [scaled(noise(8 * 44_100, 1), -12), scaled(noise(8 * 44_100, 2), -12)]
const audio = await measureTrack(writeWav(folder.path('noise.wav'), hiss, { sampleRateHz: 44_100 }))
folder.remove()
const subject: Subject = {
  audio: { ...audio, structure: { sections: [], contrastDb: null } },
  purpose: { kind: 'master', genre: null, destination: null },
  toneFaults: [],
}

const arbitraryFinding = fc.record({
  rule: fc.constantFrom(...RULE_IDS),
  area: fc.constantFrom(...AREAS),
  severity: fc.constantFrom('minor', 'moderate', 'severe'),
  confidence: fc.double({ min: 0.15, max: 1, noNaN: true }),
})
const arbitraryFindings = fc
  .uniqueArray(arbitraryFinding, { selector: ({ rule }) => rule, maxLength: 8 })
  .map((all): Finding[] =>
    all.map((finding) => ({
      ...finding,
      confidenceFrom: 'estimate',
      title: finding.rule,
      words: '',
      evidence: [],
      place: { times: [], band: null },
      causes: [],
      remedy: '',
      check: '',
      also: [],
    })),
  )
const arbitraryStandings = fc.array(
  fc.record({
    path: fc.constant('loudness.integratedLufs'),
    area: fc.constantFrom(...AREAS),
    percentile: fc.double({ min: 0, max: 100, noNaN: true }),
    population: fc.constant('a population'),
  }),
  { maxLength: 5 },
)

describe('scores', () => {
  it('rise in their area and overall whenever any finding is fixed', () => {
    fc.assert(
      fc.property(arbitraryFindings, arbitraryStandings, (findings, standings: Standing[]) => {
        const before = scoreTrack(findings, standings, subject)
        for (const fixed of findings) {
          const after = scoreTrack(
            findings.filter((one) => one !== fixed),
            standings,
            subject,
          )
          const of = (scores: typeof before) =>
            scores.areas.find(({ area }) => area === fixed.area)?.score ?? 0
          expect(of(after)).toBeGreaterThan(of(before))
          expect(after.overall ?? 0).toBeGreaterThan(before.overall ?? 0)
        }
      }),
    )
  })

  it('are 100 without a finding, and say what lowers them', () => {
    const { overall, areas } = scoreTrack([], [], subject)
    expect(overall).toBe(100)
    expect(areas.flatMap(({ lowered }) => lowered)).toEqual([])
  })

  it('name every finding that lowers them', () => {
    fc.assert(
      fc.property(arbitraryFindings, (findings) => {
        const { areas } = scoreTrack(findings, [], subject)
        expect(areas.flatMap(({ lowered }) => lowered.map(({ by }) => by)).toSorted()).toEqual(
          findings.map(({ rule }) => rule).toSorted(),
        )
      }),
    )
  })
})

describe('the genre that was named', () => {
  const inGenre = (genre: string | null): Subject => ({ ...subject, purpose: { ...subject.purpose, genre } })
  const heavyLows: Standing = {
    path: 'spectrum.bands[0].shareDb',
    area: 'low end',
    percentile: 99,
    population: 'a population',
  }
  const lowEnd = (genre: string | null, standing: Standing) =>
    scoreTrack([], [standing], inGenre(genre)).areas.find(({ area }) => area === 'low end')?.score ?? 0

  it('may have numbers that are unusual elsewhere: heavy lows in dubstep, light ones in jazz', () => {
    expect(lowEnd(null, heavyLows)).toBeLessThan(100)
    expect(lowEnd('jazz trio', heavyLows)).toBeLessThan(100)
    expect(lowEnd('Dubstep', heavyLows)).toBe(100)
    expect(lowEnd('jazz trio', { ...heavyLows, percentile: 1 })).toBe(100)
    expect(lowEnd('Dubstep', { ...heavyLows, percentile: 1 })).toBeLessThan(100)
  })

  it.for(['Drum & Bass', 'drum and bass', 'DnB', 'd&b', 'Hip-Hop', 'trap', 'Dub techno'])(
    'is understood as people write it: %s',
    (genre) => {
      expect(lowEnd(genre, heavyLows)).toBe(100)
    },
  )

  it('takes slight signs of what it does on purpose for no fault, and keeps grave ones', () => {
    const floor = (levelDb: number): AudioMeasures => {
      const bandsHz = [10_000, 12_500, 16_000, 20_000]
      const levelsDb = Array.from({ length: 100 }, () => bandsHz.map(() => levelDb))
      return {
        ...audio,
        spectrum: { ...audio.spectrum, spectrogram: { stepSeconds: 0.1, bandsHz, levelsDb } },
      }
    }
    const rules = (levelDb: number, genre: string | null) =>
      judgeTrack(floor(levelDb), inGenre(genre).purpose).findings.map(({ rule }) => rule)
    expect(rules(-75, 'techno')).toContain('noise-floor')
    expect(rules(-75, 'lo-fi hip hop')).not.toContain('noise-floor')
    expect(rules(-50, 'lo-fi hip hop')).toContain('noise-floor')
  })
})

describe('merging and priorities', () => {
  it('lose no finding, and keep at most three priorities, none of them doubtful', () => {
    fc.assert(
      fc.property(arbitraryFindings, (findings) => {
        const merged = mergeCauses(findings)
        const rules = merged.flatMap(({ rule, also }) => [rule, ...also.map((other) => other.rule)])
        expect(rules.toSorted()).toEqual(findings.map(({ rule }) => rule).toSorted())
        const first = choosePriorities(merged)
        expect(first.length).toBeLessThanOrEqual(3)
        for (const rule of first) {
          const finding = merged.find((one) => one.rule === rule)
          expect(finding?.severity !== 'minor' || finding.confidence >= 0.5).toBe(true)
        }
      }),
    )
  })
})

describe('contradictions', () => {
  const together = (rules: readonly RuleId[]) =>
    CONTRADICTIONS.filter(([one, other]) => rules.includes(one) && rules.includes(other))

  it('never stand beside each other: of two the weightier stays, and nothing else is dropped', () => {
    fc.assert(
      fc.property(arbitraryFindings, (findings) => {
        const kept = dropContradictions(findings)
        expect(together(kept.map(({ rule }) => rule))).toEqual([])
        for (const dropped of findings.filter((one) => !kept.includes(one))) {
          const against = kept.filter((one) => contradict(one.rule, dropped.rule))
          expect(Math.max(...against.map(weigh))).toBeGreaterThanOrEqual(weigh(dropped))
        }
      }),
    )
  })

  const level = fc.double({ min: -60, max: 0, noNaN: true })
  const arbitraryMeasures = fc.record({
    levels: fc.array(level, { minLength: 30, maxLength: 30 }),
    overTime: fc.array(level, { minLength: 30, maxLength: 30 }),
    widthDb: fc.double({ min: -90, max: 20, noNaN: true }),
    bandWidthDb: fc.double({ min: -60, max: 20, noNaN: true }),
    correlation: fc.double({ min: -1, max: 1, noNaN: true }),
    monoLossDb: fc.double({ min: -20, max: 0, noNaN: true }),
    balanceDb: fc.double({ min: -20, max: 20, noNaN: true }),
    dualMono: fc.boolean(),
  })

  it('come out of no measures, however odd', () => {
    fc.assert(
      fc.property(arbitraryMeasures, ({ levels, overTime, bandWidthDb, ...sides }) => {
        const { correlation, monoLossDb, balanceDb } = sides
        const odd: AudioMeasures = {
          ...audio,
          spectrum: {
            ...audio.spectrum,
            thirdOctaves: (audio.spectrum.thirdOctaves ?? []).map(({ centreHz }, i) => ({
              centreHz,
              levelDb: levels[i] ?? null,
            })),
            octavesOverTime: { meanDb: overTime, quietDb: overTime, loudDb: overTime },
          },
          stereo: {
            ...audio.stereo,
            ...sides,
            bands: audio.stereo.bands?.map(({ name }) => ({
              name,
              correlation,
              monoLossDb,
              balanceDb,
              widthDb: bandWidthDb,
            })),
          },
        }
        const { findings, priorities } = judgeTrack(odd, subject.purpose)
        const rules = findings.flatMap(({ rule, also }) => [rule, ...also.map((other) => other.rule)])
        expect(together(rules)).toEqual([])
        expect(priorities.length).toBeLessThanOrEqual(3)
      }),
    )
  })
})
