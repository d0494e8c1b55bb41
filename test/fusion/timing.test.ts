import { describe, expect, it } from 'vitest'
import { createBarGrid } from '../../src/fusion/bar-grid.ts'
import { createBeatClock } from '../../src/fusion/beat-clock.ts'

const steady = { tempoAtStartBpm: 120, tempoChanges: [], arrangementLengthBeats: 64 }

describe('the clock of a set', () => {
  it('gives half a second to each beat at 120 BPM, before the start and after the end too', () => {
    const clock = createBeatClock(steady)
    expect(clock?.secondsOf(33)).toBeCloseTo(16.5, 9)
    expect(clock?.secondsOf(1000)).toBeCloseTo(500, 6)
    expect(clock?.beatOf(-1)).toBeCloseTo(-2, 9)
    expect(clock?.lengthSeconds).toBe(32)
  })

  it('follows a jump of the tempo: 8 beats at 120, then at 60 BPM', () => {
    const tempoChanges = [
      { beat: 8, bpm: 120 },
      { beat: 8, bpm: 60 },
    ]
    const clock = createBeatClock({ ...steady, tempoChanges })
    expect(clock?.secondsOf(8)).toBeCloseTo(4, 9)
    expect(clock?.secondsOf(12)).toBeCloseTo(8, 9)
    expect(clock?.beatOf(8)).toBeCloseTo(12, 9)
  })

  it('is absent without a tempo: none is made up', () => {
    expect(createBeatClock({ ...steady, tempoAtStartBpm: null })).toBeNull()
  })
})

describe('the bars of a set', () => {
  it('counts from 1: beat 128 of a set in 4/4 is bar 33', () => {
    const bars = createBarGrid({ timeSignature: '4/4', timeSignatureChanges: [] })
    expect(bars.placeOf(128)).toEqual({ bar: 33, beat: 1 })
    expect(bars.placeOf(130.5)).toEqual({ bar: 33, beat: 3 })
    expect(bars.startOf(33)).toBe(128)
  })

  it('counts beats in the denominator: the fourth eighth of a bar of 6/8 is beat 4', () => {
    const bars = createBarGrid({ timeSignature: '6/8', timeSignatureChanges: [] })
    expect(bars.placeOf(4.5)).toEqual({ bar: 2, beat: 4 })
  })

  it('follows changes: four bars of 4/4, then 7/8', () => {
    const bars = createBarGrid({
      timeSignature: '4/4',
      timeSignatureChanges: [{ beat: 16, timeSignature: '7/8' }],
    })
    expect(bars.placeOf(16)).toEqual({ bar: 5, beat: 1 })
    expect(bars.placeOf(19.5)).toEqual({ bar: 6, beat: 1 })
    expect(bars.startOf(7)).toBe(23)
  })
})
