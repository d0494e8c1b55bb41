import { type Rule, word } from '../rule.ts'

export const solo: Rule = {
  id: 'set-solo',
  severity: 'serious',
  title: 'A track is soloed',
  reason: 'While one track is soloed, the others are silent, also in an export.',
  provenance: 'standard',
  source: 'Live manual, Mixing: solo',
  check: ({ tracks }) =>
    tracks
      .filter(({ soloed }) => soloed === true)
      .map((track) => ({ track, present: word('solo on'), proposed: word('solo off') })),
}
