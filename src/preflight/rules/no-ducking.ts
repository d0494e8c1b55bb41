import { type Found, type Rule, word } from '../rule.ts'
import type { SetView, ViewedTrack } from '../set-view.ts'

/** Fewer beats together are no groove that could suffer. */
const FEWEST_BEATS_TOGETHER = 32
/** Dance music: slower music seldom ducks its bass. */
const SLOWEST_BPM = 110
const DUCKING_NAME =
  /duck|kick ?start|lfo ?tool|shaper ?box|volume ?shaper|trackspacer|side ?chain|pump|cableguys/i
const MANY_POINTS = 32

function beatsTogether(one: ViewedTrack, other: ViewedTrack): number {
  const [a, b] = [one, other].map(({ content }) =>
    content
      .map(({ startBeat, endBeat }) => ({ from: startBeat ?? 0, to: endBeat ?? 0 }))
      .sort((x, y) => x.from - y.from),
  )
  let sum = 0
  let [i, j] = [0, 0]
  while (true) {
    const [x, y] = [a?.[i], b?.[j]]
    if (x === undefined || y === undefined) return sum
    sum += Math.max(0, Math.min(x.to, y.to) - Math.max(x.from, y.from))
    if (x.to < y.to) i++
    else j++
  }
}

/** Whether anything on a track or its groups could make room for the kick. */
function isDucked(track: ViewedTrack): boolean {
  return [track, ...track.groups].some(
    ({ allDevices, automation }) =>
      automation.some(({ parameter, pointCount }) => parameter === 'volumeDb' && pointCount >= MANY_POINTS) ||
      allDevices.some(
        ({ sidechain, name, class: kind }) =>
          sidechain !== null || kind.startsWith('AutoPan') || DUCKING_NAME.test(name),
      ),
  )
}

function named(view: SetView, role: 'kick' | 'bass'): ViewedTrack[] {
  return view.tracks.filter(
    (track) =>
      track.role?.name === role &&
      track.role.evidence === 'name' &&
      track.muted !== true &&
      track.content.length > 0,
  )
}

export const noDucking: Rule = {
  id: 'set-no-ducking',
  severity: 'info',
  title: 'Kick and bass play together without a side-chain',
  reason: 'In dance music the bass usually steps back under the kick, so that both stay clear at one level.',
  provenance: 'opinion',
  source: `common in dance music; asked from ${SLOWEST_BPM} BPM and ${FEWEST_BEATS_TOGETHER} beats together`,
  check: (view) => {
    const kicks = named(view, 'kick')
    const basses = named(view, 'bass')
    const isDance = (view.set.tempoAtStartBpm ?? 0) >= SLOWEST_BPM
    if (!isDance || !view.usesArrangement || kicks.length === 0 || basses.length === 0) return null
    return basses.flatMap((track): Found[] => {
      const together = kicks.some((kick) => beatsTogether(kick, track) >= FEWEST_BEATS_TOGETHER)
      if (!together || isDucked(track)) return []
      return [
        {
          track,
          present: word('no side-chain'),
          proposed: word('Compressor with the kick as side-chain'),
          sureness: 'possible',
          doubt: 'Needless where notes and tone already leave room, or where a plug-in does it.',
        },
      ]
    })
  },
}
