import { describe, expect, it } from 'vitest'
import { FAULT_SHAPES, type FaultShape, shapeGainDb } from '../../src/findings/tone/fault-shapes.ts'
import { measuredGainDb } from './plant-faults.ts'

describe('the shape of a fault', () => {
  it('is what a bell does to tones', () => {
    const bell: FaultShape = { kind: 'bell', centreHz: 1000, q: 1, sign: 1 }
    for (const hz of [200, 700, 1000, 1500, 8000]) {
      expect(shapeGainDb(bell, 6, hz)).toBeCloseTo(measuredGainDb(bell, 6, hz), 2)
    }
  })

  it('gives a shelf its whole gain far inside, half of it at its corner and none far outside', () => {
    for (const [shape, inside, outside] of [
      [FAULT_SHAPES.boomy, 5, 5000],
      [FAULT_SHAPES.dull, 20_000, 100],
    ] as const) {
      expect(shapeGainDb(shape, 8, inside)).toBeCloseTo(8, 0)
      expect(shapeGainDb(shape, 8, shape.centreHz)).toBeCloseTo(4, 2)
      expect(shapeGainDb(shape, 8, outside)).toBeCloseTo(0, 1)
    }
  })
})
