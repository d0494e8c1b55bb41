import { afterAll, describe, expect, test } from 'vitest'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { compareTracks } from '../../src/report/compare-tracks.ts'
import { kWeightDb } from '../../src/report/equal-loudness.ts'
import { profileTrack } from '../../src/report/track-profile.ts'
import { noise, scaled, stereo, tone } from '../audio/signals.ts'
import { soundFolder, writeWav } from '../audio/sound-files.ts'

const RATE = 48_000
const folder = soundFolder()
afterAll(folder.remove)

const hiss = (seconds: number, seed: number) => noise(seconds * RATE, seed).map((sample) => 0.3 * sample)

async function measured(name: string, channels: Float64Array[]): Promise<AudioMeasures> {
  return measureTrack(writeWav(folder.path(name), channels, { sampleRateHz: RATE }))
}

async function comparedFiles(track: Float64Array[], reference: Float64Array[]) {
  const [mine, theirs] = [await measured('track.wav', track), await measured('reference.wav', reference)]
  return compareTracks(profileTrack(mine), profileTrack(theirs))
}

describe('the K-weighting used to match loudness', () => {
  // BS.1770-5: the RLB and shelf together have 0.691 dB at 997 Hz (hence the −0.691 of the formula) and +4 dB above.
  test.each([
    [997, 0.691],
    [10_000, 4.0],
  ])('has the gain of the standard at %d Hz', (frequencyHz, gainDb) => {
    expect(kWeightDb(frequencyHz)).toBeCloseTo(gainDb, 1)
  })
})

describe('a comparison', () => {
  test('of the same sound 6 dB quieter states the gain, and finds nothing else', async () => {
    const loud = hiss(6, 1)
    const comparison = await comparedFiles(stereo(scaled(loud, -6)), stereo(loud))
    expect(comparison.gainDb).toBeCloseTo(6, 1)
    expect(comparison.integratedLu).toBeCloseTo(-6, 1)
    for (const { differenceDb } of comparison.bands) expect(differenceDb).toBeCloseTo(0, 1)
    for (const { differenceDb } of comparison.thirdOctaves ?? []) expect(differenceDb).toBeCloseTo(0, 1)
    for (const db of [comparison.plrDb, comparison.crestDb, comparison.lowEnd?.levelDb])
      expect(db).toBeCloseTo(0, 1)
  })

  test('of a track with 6 dB more at 50 Hz finds them there, and no lack of anything else', async () => {
    // 50 Hz lies 20 dB below 1 kHz: it adds less than 0.05 dB to the loudness that both are matched by.
    const withBass = (dbfs: number) => {
      const bass = tone(RATE, [[6, dbfs]], 50)
      return stereo(tone(RATE, [[6, -10]]).map((sample, i) => sample + (bass[i] ?? 0)))
    }
    const comparison = await comparedFiles(withBass(-30), withBass(-36))
    const of = (name: string) => comparison.bands.find((band) => band.name === name)?.differenceDb
    expect(of('Sub')).toBeCloseTo(6, 1)
    expect(of('Mid')).toBeCloseTo(0, 1)
    expect(comparison.lowEnd?.levelDb).toBeCloseTo(6, 1)
    expect([comparison.lowEnd?.trackPeakHz, comparison.lowEnd?.referencePeakHz]).toEqual([50, 50])
    expect(comparison.sections?.reason).toBe('track-has-no-sections')
  })

  test('of mono with two strangers states the stereo of both, and null where mono has none', async () => {
    const strangers = [hiss(4, 3), hiss(4, 4)]
    const mono = await comparedFiles([hiss(4, 3)], strangers)
    expect(mono.correlation).toBeNull()
    const same = await comparedFiles(stereo(hiss(4, 3)), strangers)
    // Equal channels correlate at 1, strangers at 0; adding strangers loses 3 dB, equal channels lose nothing.
    expect(same.correlation).toBeCloseTo(1, 1)
    expect(same.monoLossDb).toBeCloseTo(3, 1)
    expect(same.stereoBands?.[3]?.correlation).toBeCloseTo(1, 1)
  })

  test('with silence is null all over, not zero', async () => {
    const silent = await comparedFiles(stereo(new Float64Array(4 * RATE)), stereo(hiss(4, 5)))
    expect(silent.gainDb).toBeNull()
    expect(silent.bands.map((band) => band.differenceDb)).toEqual(Array(7).fill(null))
  })
})
