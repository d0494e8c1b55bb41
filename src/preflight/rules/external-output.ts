import { type Rule, word } from '../rule.ts'

export const externalOutput: Rule = {
  id: 'set-external-output',
  severity: 'warning',
  title: 'A track leaves Live by an output of its own',
  reason: 'What does not pass the main track is not in an export of the main track.',
  provenance: 'practice',
  source: 'signal path of the set',
  check: ({ tracks }) =>
    tracks
      .filter(({ kind, output, muted }) => kind !== 'main' && output?.kind === 'external' && muted !== true)
      .filter(({ kind, content }) => kind === 'group' || kind === 'return' || content.length > 0)
      .map((track) => ({
        track,
        present: word('external output'),
        proposed: word('main'),
        sureness: 'likely',
        doubt: 'Right for a cue mix or outboard that comes back on another track.',
      })),
}
