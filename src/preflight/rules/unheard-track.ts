import { type Found, type Rule, word } from '../rule.ts'
import type { SetView, ViewedTrack } from '../set-view.ts'

function sendsBeforeFader({ sends }: ViewedTrack): boolean {
  return sends.some(({ db, on, preFader }) => db !== null && on !== false && preFader === true)
}

function silenceOf(view: SetView, track: ViewedTrack): Found | undefined {
  if (track.volumeDb === null && !view.isAutomated(track, null, 'volumeDb')) {
    return { track, present: word('fader at −∞ dB') }
  }
  const sends = track.sends.some(({ db, on }) => db !== null && on !== false)
  return track.output?.kind === 'none' && !sends
    ? { track, present: word('output: none, no sends') }
    : undefined
}

export const unheardTrack: Rule = {
  id: 'set-unheard',
  severity: 'warning',
  title: 'A track with clips never reaches the main output',
  reason:
    'Its fader is closed or its output goes nowhere, no send takes it along, and nothing listens to it.',
  provenance: 'practice',
  source: 'signal path of the set',
  check: (view) =>
    view.hasClips
      ? view.tracks
          .filter(({ content, muted, feedsOthers }) => content.length > 0 && muted !== true && !feedsOthers)
          .filter((track) => !sendsBeforeFader(track))
          .flatMap((track) => silenceOf(view, track) ?? [])
      : null,
}
