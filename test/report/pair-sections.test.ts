import { afterAll, describe, expect, test } from 'vitest'
import { measureTrack } from '../../src/audio/measure.ts'
import { compareSections } from '../../src/report/compare-sections.ts'
import { compareTracks } from '../../src/report/compare-tracks.ts'
import type { TrackProfile } from '../../src/report/comparison-contract.ts'
import { profileTrack } from '../../src/report/track-profile.ts'
import { soundFolder, writeWav } from '../audio/sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)
const silent = profileTrack(
  await measureTrack(writeWav(folder.path('silence.wav'), [new Float64Array(8000)], { sampleRateHz: 8000 })),
)

/** A track of sections of 16 s: label and energy of each. */
function track(...sections: [label: string, energyDb: number][]): TrackProfile {
  return {
    ...silent,
    durationSeconds: 16 * sections.length,
    sections: sections.map(([label, energyDb], i) => ({
      label,
      energyDb,
      confidence: 0.8,
      startSeconds: 16 * i,
      endSeconds: 16 * (i + 1),
      loudnessLu: energyDb,
      bandsDb: [energyDb, 0, 0, 0, 0, 0, null],
      psrDb: 10,
      correlation: 0.5,
    })),
  }
}

const pairsOf = (mine: TrackProfile, theirs: TrackProfile) =>
  compareSections(mine, theirs).pairs.map((pair) => [pair.trackSection, pair.referenceSection])

describe('sections of two tracks', () => {
  const club = track(
    ['intro', -12],
    ['build', -6],
    ['drop', 0],
    ['breakdown', -10],
    ['drop', 0],
    ['outro', -12],
  )

  test('of the same form are paired one by one, and say that nothing differs', () => {
    expect(pairsOf(club, club)).toEqual([0, 1, 2, 3, 4, 5].map((i) => [i, i]))
    for (const pair of compareSections(club, club).pairs)
      expect([pair.loudnessLu, pair.psrDb, pair.bandsDb[0], pair.durationSeconds]).toEqual([0, 0, 0, 0])
  })

  test('leave alone what the other track does not have', () => {
    const short = track(['intro', -12], ['drop', 0], ['outro', -12])
    const { pairs, unpairedTrack, unpairedReference } = compareSections(club, short)
    expect(pairs.map((pair) => pair.referenceSection)).toEqual([0, 1, 2])
    expect([pairs[0]?.trackSection, pairs[2]?.trackSection]).toEqual([0, 5])
    expect([2, 4]).toContain(pairs[1]?.trackSection)
    expect(unpairedTrack).toHaveLength(3)
    expect(unpairedReference).toEqual([])
  })

  test('pair a drop with a chorus, since both are the peak, but are less sure', () => {
    const song = track(['intro', -12], ['chorus', 0])
    const set = track(['intro', -12], ['drop', 0])
    const [intro, peak] = compareSections(song, set).pairs
    expect([peak?.trackSection, peak?.referenceSection]).toEqual([1, 1])
    expect(peak?.confidence).toBeLessThan(intro?.confidence ?? 0)
  })

  test('never cross: what comes later in one comes later in the other', () => {
    const turned = track(['drop', 0], ['breakdown', -10], ['intro', -12], ['build', -6])
    const pairs = pairsOf(club, turned)
    for (const [i, pair] of pairs.entries())
      for (const column of [0, 1]) expect(pair[column]).toBeGreaterThan(pairs[i - 1]?.[column] ?? -1)
  })

  test('say why there is no pair', () => {
    expect(compareSections(track(), club).reason).toBe('track-has-no-sections')
    expect(compareSections(club, track()).reason).toBe('reference-has-no-sections')
    expect(compareSections(track(['intro', -18]), track(['drop', 0])).reason).toBe('nothing-alike')
    expect(compareTracks(silent, silent).sections?.pairs).toEqual([])
  })
})
