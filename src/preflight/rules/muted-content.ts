import { type Rule, word } from '../rule.ts'

/** A switched-off group stands for all that is in it. */
export const mutedContent: Rule = {
  id: 'set-muted',
  severity: 'info',
  title: 'A track with clips is switched off',
  reason: 'It is not in the export. A glance tells whether that is meant.',
  provenance: 'standard',
  source: 'Live manual, Mixing: track activator',
  check: ({ tracks, hasClips }) => {
    if (!hasClips) return null
    const filled = new Set(tracks.flatMap((each) => (each.content.length > 0 ? [each, ...each.groups] : [])))
    return tracks
      .filter((track) => track.muted === true && filled.has(track))
      .filter(({ groups }) => groups.every(({ muted }) => muted !== true))
      .map((track) => ({ track, present: word('off') }))
  },
}
