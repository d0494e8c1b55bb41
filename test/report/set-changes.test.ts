import { beforeAll, describe, expect, it } from 'vitest'
import { changesText } from '../../bin/tracksensei-changes-text.ts'
import { buildReport } from '../../src/report/build-report.ts'
import { comparableOf } from '../../src/report/comparable.ts'
import { type Report, reportSchema } from '../../src/report/contract.ts'
import { makeCase, type StudioCase, WHOLE } from '../fusion/studio/make-case.ts'
import type { Song } from '../fusion/studio/song.ts'

const SEED = 7301

async function version(change: (song: Song) => Song): Promise<StudioCase> {
  const made = await makeCase(SEED, null, WHOLE, (song) => change({ ...song, tempoChanges: [] }))
  if (made === null) throw new Error('a song without a defect is always made')
  return made
}

/** The loudest part that plays notes is turned down by 12 dB, and another one gets a new name. */
function edited(song: Song): Song {
  const [, lead] = song.parts.filter(({ kind, muted }) => kind === 'midi' && !muted)
  return {
    ...song,
    parts: song.parts.map((part) =>
      part === lead
        ? { ...part, volumeDb: part.volumeDb - 12 }
        : part === song.parts[0]
          ? { ...part, name: 'Another name' }
          : part,
    ),
  }
}

describe('two versions of a Live set and of its mix', () => {
  let report: Report
  let older: StudioCase
  let newer: StudioCase

  beforeAll(async () => {
    older = await version((song) => song)
    newer = await version(edited)
    const before = await buildReport(older.audio, older.set)
    report = await buildReport(newer.audio, newer.set, {
      earlier: comparableOf(before),
      earlierSet: { set: older.set, offsetSeconds: before.fusion?.timing?.offsetSeconds ?? null },
    })
  }, 120_000)

  it('say what was changed in words, and which difference of the mix it made', () => {
    expect(reportSchema.safeParse(report).success).toBe(true)
    const turned = report.setChanges?.changes.find(
      ({ trackName, what }) => trackName === 'Sub' && what === 'volumeDb',
    )
    const [first] = turned?.did ?? []
    expect(turned?.outcome).toBe('measured')
    expect(first?.likelihood).toBeGreaterThan(0.5)
    expect(first?.expectedDb).toBeLessThan(-2)
    const range = report.changes?.ranges[first?.rangeIndex ?? -1]
    expect(range).toMatchObject({ kind: 'bands', bands: ['Sub'] })
    expect(range?.change).toBeLessThan(-4)
    const rivals = (report.setChanges?.changes ?? []).filter((change) => change !== turned)
    for (const { did } of rivals)
      for (const { rangeIndex, likelihood } of did)
        if (rangeIndex === first?.rangeIndex) expect(likelihood).toBeLessThan(0.3)
  })

  it('read as what you changed and what it did, in bars of the set', () => {
    const text = changesText(report)
    expect(text).toMatch(/Sub: volume −6\.7 dB → −17\.5 dB\n {4}→ bars \d+–\d+: Sub −\d/)
    expect(text).toMatch(/Another name: track renamed|Another name: name/)
  })

  it('do not blame what makes no sound', () => {
    const renamed = report.setChanges?.changes.find(({ kind }) => kind === 'track-renamed')
    expect(renamed).toMatchObject({ outcome: 'silent by itself', did: [] })
  })

  it('of sets alone tell the changes, and that what they did cannot be told', async () => {
    const alone = await buildReport(null, newer.set, { earlierSet: { set: older.set, offsetSeconds: null } })
    const outcomes = new Set(alone.setChanges?.changes.map(({ outcome }) => outcome))
    expect(outcomes).toEqual(new Set(['cannot be told', 'silent by itself']))
    expect(alone.changes).toBeNull()
  })
})
