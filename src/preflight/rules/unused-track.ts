import { type Rule, word } from '../rule.ts'

export const unusedTrack: Rule = {
  id: 'set-unused-track',
  severity: 'info',
  title: 'A track holds no clip and gets no signal',
  reason: 'It costs attention, and with devices on it, load.',
  provenance: 'practice',
  source: 'tidiness of a set',
  check: ({ tracks, hasClips }) =>
    hasClips
      ? tracks
          .filter(
            ({ kind, clipList, isFed, feedsOthers }) =>
              (kind === 'audio' || kind === 'midi') && clipList.length === 0 && !isFed && !feedsOthers,
          )
          .map((track) => ({ track, present: word('no clips'), proposed: word('delete') }))
      : null,
}
