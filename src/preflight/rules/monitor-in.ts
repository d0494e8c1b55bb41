import { type Rule, word } from '../rule.ts'

export const monitorIn: Rule = {
  id: 'set-monitor-in',
  severity: 'warning',
  title: 'Monitoring "In" silences the clips of a track',
  reason: 'With monitoring on In, a track plays its input only; its clips are not heard.',
  provenance: 'standard',
  source: 'Live manual, Routing and I/O: monitoring',
  check: ({ tracks, hasClips }) =>
    hasClips
      ? tracks
          .filter(({ monitor, content, frozen }) => monitor === 'in' && content.length > 0 && frozen !== true)
          .map((track) => ({ track, present: word('In'), proposed: word('Auto') }))
      : null,
}
