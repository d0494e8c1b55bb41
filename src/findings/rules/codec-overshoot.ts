import type { Rule } from '../rule.ts'

/** Peaks that a lossy coder raises over full scale: needs the optional encodes. */
export const codecOvershoot: Rule = {
  id: 'codec-overshoot',
  area: 'loudness',
  cannotJudge: () => 'No encodes were made: switch the codec check on when you upload.',
  judge: () => null,
}
