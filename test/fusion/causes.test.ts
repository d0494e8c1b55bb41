import { beforeAll, describe, expect, it } from 'vitest'
import type { SetTrack } from '../../src/als/contract.ts'
import type { Finding } from '../../src/findings/contract.ts'
import { numberedDevices } from '../../src/fusion/causes/device-number.ts'
import { numberSet } from '../../src/grounding/id-contract.ts'
import { buildReport } from '../../src/report/build-report.ts'
import { type Report, reportSchema } from '../../src/report/contract.ts'
import { correctReport } from '../../src/report/correct-report.ts'
import { makeCase, type StudioCase, WHOLE } from './studio/make-case.ts'

/** A song of the tests' own range whose bass has one channel upside down, by a Utility that the set shows. */
const SEED = 7305
const SECRET = 'Zanzibar'

describe('findings about a mix whose Live set came along', () => {
  let made: StudioCase
  let report: Report
  let guilty: SetTrack | undefined

  beforeAll(async () => {
    const found = await makeCase(SEED, { kind: 'phase', shownBySet: true }, WHOLE, (song) => ({
      ...song,
      parts: song.parts.map((part) => ({ ...part, name: `${SECRET} ${part.name}` })),
    }))
    if (found?.planted == null) throw new Error('this song carries the defect')
    made = found
    guilty = made.set.tracks.find(({ id }) => id === found.planted?.trackId)
    report = await buildReport(made.audio, made.set)
  }, 120_000)

  const findings = (): Finding[] => report.findings?.findings ?? []
  const lows = () => findings().find(({ rule }) => rule === 'side-only-lows')

  it('name the track, the device and the switch that cause them, with the present value and the proposed one', () => {
    const [first] = lows()?.causes ?? []
    expect(made.set.tracks[first?.trackIndex ?? -1]).toBe(guilty)
    expect(lows()?.isCauseClear).toBe(true)
    expect(first).toMatchObject({
      likelihoodFrom: 'generated songs',
      change: { device: 'Utility', isNew: false, present: true, proposed: false, unit: 'switch' },
    })
    const device = numberedDevices(made.set)[(first?.change?.deviceNumber ?? 0) - 1]
    expect(device?.class).toBe('StereoGain')
    expect(guilty?.devices).toContain(device)
    const told = numberSet(made.set).flatMap(({ devices }) => devices)
    expect(told.map((each) => each.device)).toEqual(numberedDevices(made.set))
  })

  it('give reasons from the clips that play there and from settings, and share out the likelihood', () => {
    const [first] = lows()?.causes ?? []
    expect(first?.reasons.join()).toMatch(/its clips play in bars? \d+/)
    expect(first?.bars[0]?.from).toBeGreaterThanOrEqual(1)
    for (const { causes } of findings()) {
      expect(causes.length).toBeLessThanOrEqual(5)
      expect(causes.map(({ likelihood }) => likelihood)).toEqual(
        causes.map(({ likelihood }) => likelihood).sort((a, b) => b - a),
      )
    }
  })

  it('send peaks over full scale to the ceiling of the main Limiter', () => {
    const over = findings().find(({ rule }) => rule === 'true-peak-over')
    const [first] = over?.causes ?? []
    expect(first).toMatchObject({ kind: 'main', likelihoodFrom: 'estimate' })
    expect(first?.change).toMatchObject({ device: 'Limiter', present: -0.3, unit: 'dB' })
    expect(first?.change?.proposed).toBeLessThan(-1)
  })

  it('TS-24: tell tracks and devices by number: no name of the set is in them', () => {
    expect(JSON.stringify(report.set)).toContain(SECRET)
    expect(findings().some(({ causes }) => causes.length > 0)).toBe(true)
    expect(JSON.stringify(report.findings)).not.toContain(SECRET)
  })

  it('tell their places in the bars of the set, and in those of the user once the tempo is corrected', () => {
    expect(reportSchema.safeParse(report).success).toBe(true)
    expect(report.provenance?.bars).toEqual({ source: 'set', firstBar: 1 })
    expect(report.rhythm?.downbeatsSeconds).toEqual(report.fusion?.timing?.barStartsSeconds)
    const whole = (of: Report) =>
      of.findings?.findings.find(({ place }) => place.times.length === 0)?.place.bars
    const bars = whole(report)?.[0]?.to ?? 0
    expect(bars).toBe(report.fusion?.timing?.barStartsSeconds.length)
    const halved = correctReport(report, {
      tempoBpm: (report.rhythm?.tempoBpm ?? 0) / 2,
      beatsPerBar: null,
      key: null,
    })
    expect(halved.provenance?.bars?.source).toBe('user')
    expect(Math.abs((whole(halved)?.[0]?.to ?? 0) - bars / 2)).toBeLessThanOrEqual(1)
  })

  it('have no causes without a set, or where the file was not bounced from it', async () => {
    const alone = await buildReport(made.audio, null)
    expect(alone.findings?.findings.every(({ causes }) => causes.length === 0)).toBe(true)
    const other = { ...made.set, tempoBpm: 77, tempoAtStartBpm: 77, tempoChanges: [] }
    const apart = await buildReport(made.audio, other)
    expect(apart.fusion?.match.verdict).toBe('no')
    expect(apart.findings?.findings.every(({ causes }) => causes.length === 0)).toBe(true)
  })
})
