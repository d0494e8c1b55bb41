import fc from 'fast-check'
import type { Era } from './eras.ts'

/** Colours known from the palette of Live 11: three are enough to tell a shifted table. */
const KNOWN: Readonly<Record<number, string>> = { 0: '#ff94a6', 13: '#ffffff', 69: '#3c3c3c' }

export const knownColor = fc.constantFrom(0, 13, 69)

/** Only from Live 11 on does the index mean a colour of that palette. */
export const withColor = (era: Era) => (color: number) => ({
  color,
  colorHex: era >= 11 ? (KNOWN[color] ?? null) : null,
})
