import { describe, expect, it } from 'vitest'
import type { SetTiming } from '../../src/fusion/contract.ts'
import { barTempos, beatsOfSet, inBarsOfSet, liesOnSetGrid } from '../../src/report/set-rhythm.ts'

/** Two bars of 7/8 at 120 BPM (1.75 s), then 4/4 (2 s); the file begins with bar 9 of the set. */
const timing: SetTiming = {
  offsetSeconds: 14,
  startsAt: { bar: 9, beat: 1 },
  tempoBpm: 120,
  tempoChanges: false,
  timeSignature: '4/4',
  barStartsSeconds: [0, 1.75, 3.5, 5.5, 7.5],
  firstBar: 9,
  meters: [
    { bar: 9, timeSignature: '7/8' },
    { bar: 11, timeSignature: '4/4' },
  ],
  locators: [],
}

const heard = {
  tempoBpm: 120,
  confidence: 0.6,
  alternatives: [],
  steady: true,
  tempoCurve: { stepSeconds: 2, tempoBpm: [] },
  beatsPerBar: 4,
  meter: { name: '4/4', confidence: 0.5 },
  beatsSeconds: [],
  downbeatsSeconds: [],
}

describe('the rhythm of a Live set in its bounce', () => {
  it('has quarter notes from each bar line on, the last of a bar of 7/8 half as long', () => {
    expect(beatsOfSet(timing).slice(0, 10)).toEqual([0, 0.5, 1, 1.5, 1.75, 2.25, 2.75, 3.25, 3.5, 4])
  })

  it('keeps its tempo where the metre changes', () => {
    expect(barTempos(timing).map(({ bpm }) => bpm)).toEqual([120, 120, 120, 120])
  })

  it('takes metre and bars from the set, whatever was heard', () => {
    expect(inBarsOfSet(heard, timing)).toMatchObject({
      beatsPerBar: 3.5,
      meter: { name: '7/8', confidence: 1 },
      downbeatsSeconds: timing.barStartsSeconds,
    })
  })

  it('is contradicted by beats that lie between its own, not by those on its half beats', () => {
    const even = (first: number) => Array.from({ length: 12 }, (_, i) => first + i * 0.5)
    const common = {
      ...timing,
      barStartsSeconds: [0, 2, 4, 6, 8],
      meters: [{ bar: 9, timeSignature: '4/4' }],
    }
    expect(liesOnSetGrid(even(0.02), common)).toBe(true)
    expect(liesOnSetGrid(even(0.25), common)).toBe(true)
    expect(liesOnSetGrid(even(0.12), common)).toBe(false)
  })
})
