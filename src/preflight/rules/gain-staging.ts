import { chainGainDb } from '../gains.ts'
import { db, isOverDb, type Rule } from '../rule.ts'
import type { ViewedTrack } from '../set-view.ts'

/** Twice the reach of a fader above 0 dB. */
const MOST_GAIN_DB = 12

/** All gain from the first device of a track to its group's and the main fader; a closed fader counts as nothing. */
function pathGainDb(track: ViewedTrack, main: ViewedTrack | undefined): number {
  return [track, ...track.groups, ...(main === undefined ? [] : [main])].reduce(
    (sum, each) => sum + chainGainDb(each.devices) + (each.volumeDb ?? 0),
    0,
  )
}

export const gainStaging: Rule = {
  id: 'set-gain-staging',
  severity: 'advice',
  title: 'Much gain adds up on the way to the main output',
  reason: `Output gains of devices and faders of track, groups and main together exceed +${MOST_GAIN_DB} dB: whatever follows is driven hard.`,
  provenance: 'opinion',
  source: `ours: +${MOST_GAIN_DB} dB is twice the reach of a fader`,
  check: ({ tracks, main, hasClips }) =>
    hasClips
      ? tracks.flatMap((track) => {
          if (track.content.length === 0 || track.muted === true) return []
          const gainDb = pathGainDb(track, main)
          if (!isOverDb(gainDb, MOST_GAIN_DB)) return []
          return [
            {
              track,
              present: db(gainDb),
              proposed: db(MOST_GAIN_DB),
              sureness: 'possible' as const,
              doubt: 'A quiet sample or a compressor that takes as much away can need it.',
            },
          ]
        })
      : null,
}
