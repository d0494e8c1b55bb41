import type { Report } from '../report/contract.ts'

/** The comparison as the chat needs it: the differences, and a few facts of the reference instead of its whole profile. */
export function comparedFacts(comparison: Report['comparison']): object | null {
  if (!comparison) return null
  const { reference, ...differences } = comparison
  return {
    meaning: 'track minus reference; levels of bands and third octaves at equal loudness',
    ...differences,
    reference: reference && {
      durationSeconds: reference.durationSeconds,
      integratedLufs: reference.integratedLufs,
      tempoBpm: reference.tempoBpm,
      key: reference.key,
      sections: reference.sections.map(({ label, startSeconds, endSeconds }) => ({
        label,
        startSeconds,
        endSeconds,
      })),
    },
  }
}
