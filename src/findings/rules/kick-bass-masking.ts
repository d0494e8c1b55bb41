import type { Rule } from '../rule.ts'

/** Kick and bass that cover each other: their overlap cannot be told from a mixed spectrum alone. */
export const kickBassMasking: Rule = {
  id: 'kick-bass-masking',
  area: 'low end',
  cannotJudge: () => 'The overlap of kick and bass was not measured.',
  judge: () => null,
}
