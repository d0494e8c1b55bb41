import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderDemo } from '../../scripts/demo/synth.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { type Findings, findingsSchema, type RuleId } from '../../src/findings/contract.ts'
import { judgeTrack } from '../../src/findings/judge-track.ts'
import type { Purpose } from '../../src/findings/rule.ts'
import { FAULT_SHAPES } from '../../src/findings/tone/fault-shapes.ts'
import { soundFolder, writeWav } from '../audio/sound-files.ts'
import {
  clipped,
  crushed,
  cutAt,
  equalised,
  fadedOut,
  louder,
  lowsOutOfPhase,
  type Mix,
  offset,
  oneSide,
  padded,
  phaseFlipped,
  sides,
  squashed,
  withClicks,
  withHoles,
  withHum,
  withNoise,
  withOvers,
} from './plant-faults.ts'

/** The demo track, rendered here, is the clean master; each fault is planted into it alone. */
const MASTER: Purpose = { kind: 'master', genre: null, destination: null }
const [left = new Float64Array(), right = new Float64Array()] = renderDemo()
const RATE_HZ = 44_100
const end = 38 * RATE_HZ
const clean = louder(fadedOut([left.slice(0, end), right.slice(0, end)], 3), -2)

const folder = soundFolder()
afterAll(folder.remove)
let count = 0
async function judged(mix: Mix, purpose = MASTER): Promise<Findings> {
  const path = writeWav(folder.path(`${count++}.wav`), mix, { sampleRateHz: RATE_HZ, bits: 16 })
  return judgeTrack(await measureTrack(path), purpose)
}

function rulesOf({ findings }: Findings): RuleId[] {
  return findings.flatMap(({ rule, also }) => [rule, ...also.map((other) => other.rule)])
}

let onClean: Findings
beforeAll(async () => {
  onClean = await judged(clean)
})

const faults: [rule: RuleId, what: string, plant: () => Mix][] = [
  ['clipping', 'driven 6 dB into full scale', () => clipped(louder(clean, 2), 6)],
  ['true-peak-over', 'peaks between the samples', () => withOvers(clean)],
  ['over-limited', 'squashed below −0.7 dBFS', () => squashed(clean)],
  ['too-quiet', '20 dB lower', () => louder(clean, -20)],
  ['sibilant', 'a bell of 12 dB at 8 kHz', () => louder(equalised(clean, FAULT_SHAPES.sibilant, 12), -4)],
  ['mono', 'no side signal', () => sides(clean, 1, 0)],
  ['too-narrow', 'the side 20 dB lower', () => sides(clean, 1, 0.1)],
  ['too-wide', 'the side 15 dB higher', () => louder(sides(clean, 1, 5.6), -9)],
  ['imbalance', 'the right side 5 dB lower', () => oneSide(clean, 0.56)],
  ['channel-missing', 'the right side silent', () => oneSide(clean, 0)],
  ['inverted-polarity', 'the right side upside down', () => oneSide(clean, -1)],
  ['side-only-lows', 'lows upside down on one side', () => louder(lowsOutOfPhase(clean), -3)],
  ['mono-incompatible', 'all but the lows upside down on one side', () => phaseFlipped(clean)],
  ['dc-offset', 'an offset of 3 %', () => offset(clean, 0.03)],
  ['noise-floor', 'white noise at −36 dBFS', () => withNoise(clean, -36)],
  ['clicks', 'ten single samples', () => withClicks(clean, 10)],
  ['dropouts', 'eight holes of 30 ms', () => withHoles(clean, 8, 0.03)],
  ['silence-at-ends', '2 s before and 4 s after', () => padded(clean, 2, 4)],
  ['cut-off-ending', 'cut in the middle of a bar', () => cutAt(clean, 30.1)],
  ['low-bit-depth', '8 bits', () => crushed(clean, 8)],
]

describe('a fault planted into a clean track', () => {
  it.for(faults)('is found: %s (%s)', async ([rule, , plant]) => {
    expect(rulesOf(onClean)).not.toContain(rule)
    const found = await judged(plant())
    expect(findingsSchema.parse(found)).toEqual(found)
    expect(rulesOf(found)).toContain(rule)
    expect(found.priorities.length).toBeLessThanOrEqual(3)
  })

  it('of hum 20 dB and more below loud music is found', async () => {
    expect(rulesOf(onClean)).not.toContain('hum')
    expect(rulesOf(await judged(withHum(clean, -36)))).toContain('hum')
  })

  it('of one cause is told once, with what comes along', async () => {
    const { findings } = await judged(clipped(louder(clean, 2), 9))
    const lead = findings.find(({ rule }) => rule === 'clipping')
    expect(lead?.also.map(({ rule }) => rule)).toContain('true-peak-over')
    expect(findings.filter(({ rule }) => rule === 'true-peak-over')).toEqual([])
  })

  it('lowers the score of its area', async () => {
    const stereo = ({ scores }: Findings) => scores.areas.find(({ area }) => area === 'stereo')?.score ?? 0
    expect(stereo(await judged(oneSide(clean, 0.4)))).toBeLessThan(stereo(onClean))
  })
})

describe('a harmless change', () => {
  it.for<[what: string, change: () => Mix]>([
    ['2 dB lower', () => louder(clean, -2)],
    ['a longer fade', () => fadedOut(clean, 5)],
    ['a bell of 1 dB at 1 kHz', () => equalised(clean, { kind: 'bell', centreHz: 1000, q: 1, sign: 1 }, 1)],
  ])('raises no finding: %s', async ([, change]) => {
    expect(rulesOf(await judged(change()))).toEqual(rulesOf(onClean))
  })
})

describe('a clean track', () => {
  it('has nothing that must be done and something that is good', () => {
    expect(onClean.findings.filter(({ severity }) => severity !== 'minor')).toEqual([])
    expect(onClean.strengths.length).toBeGreaterThanOrEqual(3)
  })

  it('may be quiet as a mix, and the report says why that is not judged', async () => {
    const mix = await judged(louder(clean, -20), { kind: 'mix', genre: null, destination: null })
    expect(rulesOf(mix)).not.toContain('too-quiet')
    expect(mix.notJudged.find(({ rules }) => rules.includes('too-quiet'))?.reason).toContain('mix')
  })
})

describe('silence', () => {
  it('has no strength, no priority and no score but the technical one', async () => {
    const nothing = new Float64Array(10 * RATE_HZ)
    const found = await judged([nothing, nothing])
    expect(found.strengths).toEqual([])
    expect(found.priorities).toEqual([])
    expect(found.scores.areas.filter(({ score }) => score !== null).map(({ area }) => area)).toEqual([
      'technical',
    ])
  })
})

describe('what the track is meant for', () => {
  it('decides what is too quiet: −21 LUFS is for streaming, and is not for broadcast', async () => {
    const quiet = await measureTrack(
      writeWav(folder.path('quiet.wav'), louder(clean, -8), { sampleRateHz: RATE_HZ, bits: 16 }),
    )
    const isTooQuiet = (destination: string | null) =>
      rulesOf(judgeTrack(quiet, { ...MASTER, destination })).includes('too-quiet')
    expect(quiet.loudness.integratedLufs).toBeLessThan(-19)
    expect([null, 'Spotify', 'Broadcast (EBU R 128)'].map(isTooQuiet)).toEqual([true, true, false])
  })
})
