import { describe, expect, it } from 'vitest'
import type { SetEqBand } from '../../src/als/contract.ts'
import { bandGainDb } from '../../src/fusion/device-curve.ts'

const band = (parts: Partial<SetEqBand>): SetEqBand => ({
  band: 1,
  side: 'A',
  on: true,
  type: 'bell',
  mode: 3,
  freqHz: 1000,
  gainDb: 6,
  q: 1,
  ...parts,
})

describe('the curve of an EQ Eight band', () => {
  it('has its full gain at the centre of a bell, and next to none far away', () => {
    expect(bandGainDb(band({}), 1000)).toBeCloseTo(6, 6)
    expect(Math.abs(bandGainDb(band({}), 50))).toBeLessThan(0.1)
  })

  it('has half of the gain in dB at the edges of a bell, by the definition of Q in the Audio EQ Cookbook', () => {
    // Edges one octave apart for Q = √2
    expect(bandGainDb(band({ q: Math.SQRT2 }), 1000 * Math.SQRT2)).toBeCloseTo(3, 2)
    expect(bandGainDb(band({ q: Math.SQRT2 }), 1000 / Math.SQRT2)).toBeCloseTo(3, 2)
  })

  it('is 3 dB down at the corner of a cut and falls by 12 or 48 dB per octave', () => {
    const cut = (type: string, hz: number) => bandGainDb(band({ type }), hz)
    expect(cut('low-cut-12', 1000)).toBeCloseTo(-3.01, 2)
    expect(cut('low-cut-12', 125) - cut('low-cut-12', 250)).toBeCloseTo(-12, 0)
    expect(cut('low-cut-48', 500)).toBeCloseTo(-48.2, 0)
    expect(cut('high-cut-12', 8000) - cut('high-cut-12', 4000)).toBeCloseTo(-12, 0)
  })

  it('gives half of its gain at the corner of a shelf', () => {
    expect(bandGainDb(band({ type: 'low-shelf' }), 1000)).toBeCloseTo(3, 6)
    expect(bandGainDb(band({ type: 'low-shelf' }), 50)).toBeCloseTo(6, 1)
    expect(bandGainDb(band({ type: 'high-shelf' }), 20_000)).toBeCloseTo(6, 1)
  })

  it('does nothing when it is off, and scales with Scale', () => {
    expect(bandGainDb(band({ on: false }), 1000)).toBe(0)
    expect(bandGainDb(band({}), 1000, 0.5)).toBeCloseTo(3, 6)
  })
})
