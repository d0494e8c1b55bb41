import { count, type Found, type Rule } from '../rule.ts'

/** Heard as another tempo, not as a push. */
const LEAST_JUMP = 0.02
/** Whoever draws more follows a live recording. */
const MOST_JUMPS = 12

export const tempoJump: Rule = {
  id: 'set-tempo-jump',
  severity: 'info',
  title: 'The tempo jumps',
  reason: 'Synced delays and warped clips take the step at once; an accidental breakpoint looks the same.',
  provenance: 'opinion',
  source: `ours: found from ${LEAST_JUMP * 100} % between two neighbours at one beat; above ${MOST_JUMPS} jumps the tempo follows a recording`,
  check: ({ set }) => {
    const { tempoChanges, tempoAtStartBpm } = set
    if (tempoChanges.length === 0 || tempoAtStartBpm === null) return null
    const jumps = tempoChanges.flatMap((change, index): Found[] => {
      const before = tempoChanges[index - 1]
      if (before === undefined || before.beat !== change.beat || change.beat <= 0) return []
      const step = change.bpm / before.bpm - 1
      if (Math.abs(step) < LEAST_JUMP) return []
      const present = count(Math.round((change.bpm - before.bpm) * 100) / 100, 'BPM')
      return [{ beat: change.beat, present, doubt: 'Right for a change of tempo between parts.' }]
    })
    return jumps.length > MOST_JUMPS ? null : jumps
  },
}
