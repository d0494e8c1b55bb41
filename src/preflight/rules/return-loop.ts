import { db, type Found, type Rule } from '../rule.ts'
import type { SetView, ViewedTrack } from '../set-view.ts'

/** From here on the loop feeds itself at full level. */
const UNITY_DB = 0
/** Live allows twelve; more is no set that anyone could judge. */
const MOST_RETURNS = 32

interface Edge {
  from: ViewedTrack
  to: ViewedTrack
  gainDb: number
}

/** Where the signal of returns goes next: their sends to returns, and outputs into other tracks. */
function edgesOf({ tracks }: SetView): Edge[] {
  const byId = new Map(tracks.flatMap((track) => (track.id === null ? [] : [[track.id, track] as const])))
  return tracks.flatMap((from) => {
    if (from.kind !== 'return' || from.muted === true) return []
    const sends = from.sends.flatMap((send) => {
      const to = byId.get(send.returnId ?? '')
      const fader = send.preFader === true ? 0 : from.volumeDb
      if (to === undefined || send.db === null || send.on === false || fader === null) return []
      return to.muted === true ? [] : [{ from, to, gainDb: send.db + fader }]
    })
    const out = byId.get(from.output?.trackId ?? '')
    const direct =
      out?.kind === 'return' && from.volumeDb !== null ? [{ from, to: out, gainDb: from.volumeDb }] : []
    return [...sends, ...direct]
  })
}

/** The loudest way from a return back to itself. */
function loopGainDb(start: ViewedTrack, edges: readonly Edge[]): number | null {
  const best = new Map<ViewedTrack, number>([[start, 0]])
  let loop: number | null = null
  for (let round = 0; round < MOST_RETURNS; round++) {
    for (const { from, to, gainDb } of edges) {
      const before = best.get(from)
      if (before === undefined) continue
      const after = before + gainDb
      if (to === start) loop = Math.max(loop ?? Number.NEGATIVE_INFINITY, after)
      else if (after > (best.get(to) ?? Number.NEGATIVE_INFINITY)) best.set(to, after)
    }
  }
  return loop
}

export const returnLoop: Rule = {
  id: 'set-return-loop',
  severity: 'advice',
  title: 'A return sends back into itself',
  reason:
    'What goes round comes again, louder or softer by the level of the loop; effects in it add their own gain.',
  provenance: 'standard',
  source: 'Live manual, Mixing: sends of return tracks can feed back',
  check: (view) => {
    const returns = view.tracks.filter(({ kind }) => kind === 'return')
    if (returns.length === 0 || returns.length > MOST_RETURNS) return null
    const edges = edgesOf(view)
    return returns.flatMap((track): Found[] => {
      const gainDb = loopGainDb(track, edges)
      if (gainDb === null) return []
      const grows = gainDb >= UNITY_DB
      return [
        {
          track,
          present: db(gainDb),
          ...(grows ? { severity: 'serious' as const } : {}),
          sureness: grows ? 'likely' : 'possible',
          doubt: 'Feedback can be the effect that was wanted.',
        },
      ]
    })
  },
}
