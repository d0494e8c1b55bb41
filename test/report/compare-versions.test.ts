import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_BPM, DEMO_SAMPLE_RATE_HZ, renderDemo } from '../../scripts/demo/synth.ts'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import type { Changes } from '../../src/report/changes-contract.ts'
import { compareVersions } from '../../src/report/compare-versions.ts'
import { noise } from '../audio/signals.ts'
import { soundFolder, writeWav } from '../audio/sound-files.ts'

const RATE = DEMO_SAMPLE_RATE_HZ
const BAR_SECONDS = (4 * 60) / DEMO_BPM
const folder = soundFolder()
afterAll(folder.remove)

/** 46 s of house with an intro, a drop, a break and a drop; half level, so that louder versions do not clip. */
const mix = renderDemo().map((channel) => channel.map((sample) => sample * 0.5))
let earlier: AudioMeasures
beforeAll(async () => {
  earlier = await measured(mix)
})

function measured(channels: Float64Array[]): Promise<AudioMeasures> {
  return measureTrack(writeWav(folder.path('version.wav'), channels, { sampleRateHz: RATE, bits: 24 }))
}

async function changesOf(channels: Float64Array[]): Promise<Changes> {
  return compareVersions(await measured(channels), earlier)
}

/** +3 dB at the bottom, nothing above a few hundred hertz: the sound and 0.41 times its own lows. */
function moreLows(channel: Float64Array, fromSeconds: number, toSeconds: number): Float64Array {
  const a = Math.exp((-2 * Math.PI * 250) / RATE)
  let state = 0
  return channel.map((sample, i) => {
    state = a * state + (1 - a) * sample
    const isHere = i >= fromSeconds * RATE && i < toSeconds * RATE
    return isHere ? sample + 0.41 * state : sample
  })
}

const without = (channel: Float64Array, fromSeconds: number, toSeconds: number) =>
  Float64Array.from([
    ...channel.subarray(0, Math.round(fromSeconds * RATE)),
    ...channel.subarray(Math.round(toSeconds * RATE)),
  ])

describe('a newer version', () => {
  test('that is the same sound says that nothing changed, and is sure', async () => {
    const changes = await changesOf(mix)
    expect(changes).toMatchObject({ reason: null, isUnchanged: true, ranges: [], integratedLu: 0, clips: 0 })
    expect(changes.confidence).toBeGreaterThan(0.95)
  })

  test('with 3 dB more lows from 10 to 20 s says so, there and nowhere else', async () => {
    const { ranges, isUnchanged } = await changesOf(mix.map((channel) => moreLows(channel, 10, 20)))
    expect(isUnchanged).toBe(false)
    expect(ranges).toHaveLength(1)
    const [lows] = ranges
    expect(lows).toMatchObject({ kind: 'bands', isThroughout: false })
    expect(lows?.bands).toContain('Low')
    for (const band of lows?.bands ?? []) expect(['Sub', 'Low']).toContain(band)
    expect(Math.abs((lows?.startSeconds ?? 0) - 10)).toBeLessThan(0.6)
    expect(Math.abs((lows?.endSeconds ?? 0) - 20)).toBeLessThan(0.6)
    expect(lows?.change).toBeGreaterThan(2)
    expect(lows?.change).toBeLessThan(3.5)
  })

  test('that begins 2 s later says so, and finds no other change', async () => {
    const later = mix.map((channel) => Float64Array.from([...new Float64Array(2 * RATE), ...channel]))
    const { ranges, durationSeconds, confidence } = await changesOf(later)
    expect(durationSeconds).toBeCloseTo(2, 2)
    expect(confidence).toBeGreaterThan(0.8)
    expect(ranges.map(({ kind, change }) => [kind, change])).toEqual([['later-start', 2]])
  })

  test('without one bar says what is gone, and finds no other change', async () => {
    const from = 12 * BAR_SECONDS
    const { ranges } = await changesOf(mix.map((channel) => without(channel, from, from + BAR_SECONDS)))
    expect(ranges.map(({ kind, bars }) => [kind, bars])).toEqual([['removed', 1]])
    expect(Math.abs((ranges[0]?.change ?? 0) - BAR_SECONDS)).toBeLessThan(0.11)
    // One bar of the break is like the next: it may be any of them.
    expect(ranges[0]?.startSeconds).toBeGreaterThan(11 * BAR_SECONDS)
    expect(ranges[0]?.startSeconds).toBeLessThan(17 * BAR_SECONDS)
  })

  test('that is 3 dB louder throughout is one change of level, and no change of tone', async () => {
    const changes = await changesOf(mix.map((channel) => channel.map((sample) => sample * 10 ** (3 / 20))))
    expect(changes.integratedLu).toBeCloseTo(3, 1)
    expect(changes.ranges).toHaveLength(1)
    expect(changes.ranges[0]).toMatchObject({ kind: 'level', change: 3, isThroughout: true })
  })

  test('that is something else is refused: no list of changes is made up', async () => {
    const seconds = 40
    const other = noise(seconds * RATE, 5).map((sample, i) => {
      const t = i / RATE
      return (
        0.2 * sample * Math.exp(-((t * 1.7) % 1) * 4) +
        0.1 * Math.sin(2 * Math.PI * 700 * t) * (t % 9 < 4 ? 1 : 0)
      )
    })
    const changes = await changesOf([other, other])
    expect([changes.reason, changes.ranges]).toEqual(['not-alike', []])
    expect(changes.integratedLu).not.toBeNull()
  })

  test('without anything that moves cannot be laid over, and says so', async () => {
    const silence = await measured([new Float64Array(10 * RATE), new Float64Array(10 * RATE)])
    expect(compareVersions(silence, silence)).toMatchObject({
      reason: 'nothing-to-align',
      isUnchanged: false,
    })
  })
})
