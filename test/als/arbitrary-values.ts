import fc from 'fast-check'
import { cleanName } from '../../src/als/text.ts'

export const hundredths = (from: number, to: number) =>
  fc.integer({ min: from * 100, max: to * 100 }).map((n) => n / 100)
export const faderDb = fc.option(hundredths(-69, 6))
export const pan = hundredths(-1, 1)
export const beat = fc.integer({ min: 0, max: 4000 }).map((n) => n / 4)
export const name = fc.string({ unit: 'grapheme', maxLength: 24 }).map(cleanName)
export const given = name.filter((text) => text !== '')

export const signature = fc
  .record({ numerator: fc.integer({ min: 1, max: 16 }), denominator: fc.constantFrom(1, 2, 4, 8, 16) })
  .map(({ numerator, denominator }) => `${numerator}/${denominator}`)
