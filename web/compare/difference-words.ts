/** How far a difference is usually called off; thresholds in use elsewhere, an opinion. */
const MINOR_DB = 1.5
const MODERATE_DB = 3

/** Tracks agree most here; beyond, they differ by taste and the tolerance widens. */
const FIRM_FROM_HZ = 200
const FIRM_TO_HZ = 1000
const WIDER_DB_PER_OCTAVE = 0.5

/** How far from a reference a band may lie without standing out: 3 dB, more towards both ends. An opinion. */
export function toleranceDb(centreHz: number): number {
  const octaves = Math.max(0, Math.log2(FIRM_FROM_HZ / centreHz), Math.log2(centreHz / FIRM_TO_HZ))
  return MODERATE_DB + WIDER_DB_PER_OCTAVE * octaves
}

export type Size = 'minor' | 'moderate' | 'large'

/** A difference of a band in a word, with the tolerance of that band. */
export function differenceSize(differenceDb: number, centreHz: number): Size {
  const size = Math.abs(differenceDb)
  if (size < MINOR_DB) return 'minor'
  return size <= toleranceDb(centreHz) ? 'moderate' : 'large'
}
