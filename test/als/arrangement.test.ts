import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barsOf, placeOfBeat } from '../../src/als/bars.ts'
import type { TimePoint } from '../../src/als/contract.ts'
import { secondsOfBeats } from '../../src/als/tempo-map.ts'
import { timeMapOf } from '../../src/als/time-map.ts'

const noChanges = { arrangementLengthBeats: 400, locators: [], loop: null }

/** Reads the map as its contract says: straight lines, the last one goes on. */
function secondsAt(points: readonly TimePoint[], beat: number): number {
  const after = points.findIndex((point) => point.beat > beat)
  const index = after < 0 ? points.length - 1 : Math.max(after, 1)
  const [a, b] = [points[index - 1], points[index]]
  if (a === undefined || b === undefined) throw new Error('a map has two points at least')
  return a.seconds + ((beat - a.beat) / (b.beat - a.beat)) * (b.seconds - a.seconds)
}

describe('the map from beats to seconds', () => {
  it('is one line at a steady tempo', () => {
    const { points, withinSeconds } = timeMapOf({ tempoAtStartBpm: 120, tempoChanges: [], ...noChanges })
    expect(points).toHaveLength(2)
    expect(withinSeconds).toBe(0.001)
    expect(secondsAt(points, 100)).toBeCloseTo(50, 9)
    expect(secondsAt(points, 1000)).toBeCloseTo(500, 9)
  })

  it('turns at a jump from 120 to 60 BPM at beat 64', () => {
    const tempoChanges = [
      { beat: 64, bpm: 120 },
      { beat: 64, bpm: 60 },
    ]
    const { points } = timeMapOf({ tempoAtStartBpm: 120, tempoChanges, ...noChanges })
    expect(secondsAt(points, 64)).toBeCloseTo(32, 3)
    expect(secondsAt(points, 65)).toBeCloseTo(33, 3)
    expect(secondsAt(points, 2000)).toBeCloseTo(32 + 1936, 2)
  })

  it('is empty for a set without a tempo', () => {
    expect(timeMapOf({ tempoAtStartBpm: null, tempoChanges: [], ...noChanges }).points).toEqual([])
  })

  it('stays as near to any automation as it says', () => {
    const change = fc.record({
      beat: fc.integer({ min: 1, max: 1500 }).map((n) => n / 4),
      bpm: fc.integer({ min: 20, max: 400 }),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (list) => {
        const tempoChanges = list.toSorted((a, b) => a.beat - b.beat)
        const { points, withinSeconds } = timeMapOf({ tempoAtStartBpm: 100, tempoChanges, ...noChanges })
        const beats = Array.from({ length: 1600 }, (_, index) => index / 4)
        const truth = secondsOfBeats({ tempoAtStartBpm: 100, tempoChanges }, beats)
        for (const [index, beat] of beats.entries()) {
          expect(Math.abs(secondsAt(points, beat) - (truth[index] ?? 0))).toBeLessThanOrEqual(
            withinSeconds + 1e-9,
          )
        }
      }),
      { numRuns: 60 },
    )
  })

  it('keeps to 4,000 points on the wildest automation and says how far it is off', () => {
    const tempoChanges = Array.from({ length: 60_000 }, (_, index) => ({
      beat: index / 4,
      bpm: index % 2 ? 20 : 900,
    }))
    const set = { tempoAtStartBpm: 20, tempoChanges, ...noChanges, arrangementLengthBeats: 15_000 }
    const { points, withinSeconds } = timeMapOf(set)
    expect(points.length).toBeLessThanOrEqual(4000)
    expect(withinSeconds).toBeGreaterThan(0.001)
  })
})

describe('bars', () => {
  it('count from 1, beats in the denominator of their time signature', () => {
    const bars = barsOf({ timeSignature: '7/8', timeSignatureChanges: [] })
    expect(placeOfBeat(bars, 0)).toEqual({ bar: 1, beatInBar: 1 })
    expect(placeOfBeat(bars, 3.5)).toEqual({ bar: 2, beatInBar: 1 })
    expect(placeOfBeat(bars, 6.5)).toEqual({ bar: 2, beatInBar: 7 })
  })

  it('begin anew where the time signature changes within one', () => {
    const bars = barsOf({ timeSignature: '4/4', timeSignatureChanges: [{ beat: 6, timeSignature: '3/4' }] })
    expect(placeOfBeat(bars, 5)).toEqual({ bar: 2, beatInBar: 2 })
    expect(placeOfBeat(bars, 6)).toEqual({ bar: 3, beatInBar: 1 })
    expect(placeOfBeat(bars, 9)).toEqual({ bar: 4, beatInBar: 1 })
  })

  it('are counted in 4/4, and say so, where the set does not store them', () => {
    expect(barsOf({ timeSignature: null, timeSignatureChanges: [] })).toEqual([
      { beat: 0, bar: 1, barBeats: 4, timeSignature: null },
    ])
  })
})
