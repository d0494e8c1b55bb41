import { describe, expect, it } from 'vitest'
import { barsTouched, placeInBars } from '../../src/findings/place-in-bars.ts'

/** Bars of two seconds; the file begins in the middle of bar 4 of a set. */
const lines = { startsSeconds: [1, 3, 5, 7, 9], firstBar: 5 }

describe('the place of a finding in bars', () => {
  it('counts from the number that the first bar line has, and what lies before it is the bar before', () => {
    expect(barsTouched({ startSeconds: 3.5, endSeconds: 6 }, lines)).toEqual({ from: 6, to: 7 })
    expect(barsTouched({ startSeconds: 0.2, endSeconds: 0.4 }, lines)).toEqual({ from: 4, to: 4 })
  })

  it('does not reach into the bar behind when it ends on a bar line', () => {
    expect(barsTouched({ startSeconds: 3, endSeconds: 5 }, lines)).toEqual({ from: 6, to: 6 })
  })

  it('is a single bar for a click on its line', () => {
    expect(barsTouched({ startSeconds: 5, endSeconds: 5 }, lines)).toEqual({ from: 7, to: 7 })
  })

  it('is all bars for the whole track, and left out where no bars are known', () => {
    const whole = { times: [], band: null }
    expect(placeInBars(whole, lines).bars).toEqual([{ from: 4, to: 9 }])
    expect(placeInBars({ ...whole, bars: [{ from: 1, to: 2 }] }, { startsSeconds: [], firstBar: 1 })).toEqual(
      whole,
    )
  })
})
