import type { SetClip } from '../../als/contract.ts'
import { count, type Rule } from '../rule.ts'
import type { ViewedTrack } from '../set-view.ts'

const LONGEST_REST_BARS = 8
/** What stands behind the gap is a remainder, not a second half. */
const MOST_SHARE_BEHIND = 0.25

interface Placed {
  track: ViewedTrack
  clip: SetClip
  from: number
  to: number
}

/** The first clip behind the longest stretch without any, when little follows. */
function strayFrom(placed: readonly Placed[], restBeats: (beat: number) => number) {
  let end = placed[0]?.to ?? 0
  for (const [index, each] of placed.entries()) {
    if (each.from - end > restBeats(end)) {
      const behind = placed.slice(index)
      const last = Math.max(...behind.map(({ to }) => to))
      return (last - each.from) / end <= MOST_SHARE_BEHIND
        ? { each, restBeats: each.from - end, end }
        : undefined
    }
    end = Math.max(end, each.to)
  }
  return undefined
}

export const strayClip: Rule = {
  id: 'set-stray-clip',
  severity: 'warning',
  title: 'Clips stand far behind the end',
  reason: 'The arrangement is longer than the music: an export of all of it ends in silence and a remainder.',
  provenance: 'opinion',
  source: `ours: more than ${LONGEST_REST_BARS} bars of nothing, then less than a quarter of the length`,
  check: ({ tracks, usesArrangement, barBeatsAt, barOf }) => {
    if (!usesArrangement) return null
    const placed = tracks
      .filter(({ muted }) => muted !== true)
      .flatMap((track) =>
        track.content.flatMap((clip) =>
          clip.startBeat === null || clip.endBeat === null
            ? []
            : [{ track, clip, from: clip.startBeat, to: clip.endBeat }],
        ),
      )
      .sort((one, other) => one.from - other.from)
    const stray = strayFrom(placed, (beat) => LONGEST_REST_BARS * barBeatsAt(beat))
    if (stray === undefined) return []
    const bars = barOf(stray.each.from) - barOf(stray.end)
    return [
      {
        track: stray.each.track,
        clip: stray.each.clip,
        present: count(bars, 'bars of nothing before it'),
        sureness: 'likely',
      },
    ]
  },
}
