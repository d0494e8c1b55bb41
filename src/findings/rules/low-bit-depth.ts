import { advise, beyond, type Rule, type Threshold } from '../rule.ts'

const BITS: Threshold = {
  value: 16,
  unit: 'bits',
  provenance: 'standard',
  source: 'IEC 60908 (compact disc) stores 16 bits; platforms take 16 or 24',
}
const SEVERE_BITS = 10
const MODERATE_BITS = 14

/** Fewer bits in use than a release needs. */
export const lowBitDepth: Rule = {
  id: 'low-bit-depth',
  area: 'technical',
  cannotJudge: ({ audio }) =>
    audio.faults?.usedBits === null ? 'Bits are counted in PCM and FLAC files of whole numbers only.' : null,
  judge({ audio }) {
    const usedBits = audio.faults?.usedBits ?? null
    if (usedBits === null || usedBits >= BITS.value || audio.loudness.integratedLufs === null) return null
    return {
      severity: usedBits <= SEVERE_BITS ? 'severe' : usedBits <= MODERATE_BITS ? 'moderate' : 'minor',
      title: `Only ${usedBits} bits are used`,
      words: `The file stores ${audio.source.bitDepth ?? BITS.value} bits, but the lower ones are always zero: the noise of rounding lies at about ${-6 * usedBits} dBFS.`,
      evidence: [beyond('faults.usedBits', 'Bits in use', usedBits, BITS, 'at least')],
      remedy:
        'Look for a bit crusher or an 8 or 12-bit step on the master or in the export, and export at 24 bits; dither once, at the very end, when going to 16.',
      advice: advise('faults.usedBits', 'Bits in use', 'bits', BITS.value - usedBits, null),
      check: 'Analyse the new export: 16 bits or more in use.',
    }
  },
}
