import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'

const HEAD: Threshold = {
  value: 1,
  unit: 's',
  provenance: 'opinion',
  source: 'players and playlists expect sound within half a second or so',
}
const TAIL: Threshold = {
  value: 2.2,
  unit: 's',
  provenance: 'opinion',
  source: 'a gap of 2 s between tracks was the custom of the compact disc; players add none',
}
const MODERATE_SECONDS = { head: 3, tail: 8 }

/** Silence before and after the music (peaks below −60 dBFS). */
export const silenceAtEnds: Rule = {
  id: 'silence-at-ends',
  area: 'technical',
  judge({ audio }) {
    const { headSilenceSeconds = 0, tailSilenceSeconds = 0 } = audio.faults ?? {}
    if (headSilenceSeconds < HEAD.value && tailSilenceSeconds < TAIL.value) return null
    // A track that is silent as a whole has no ends.
    if (audio.loudness.integratedLufs === null) return null
    const long = headSilenceSeconds >= MODERATE_SECONDS.head || tailSilenceSeconds >= MODERATE_SECONDS.tail
    const end = audio.source.durationSeconds
    return {
      severity: long ? 'moderate' : 'minor',
      title: 'Silence around the music',
      words: `There are ${say(headSilenceSeconds)} s of silence before the music and ${say(tailSilenceSeconds)} s after it.`,
      evidence: [
        ...(headSilenceSeconds >= HEAD.value
          ? [beyond('faults.headSilenceSeconds', 'Silence before', headSilenceSeconds, HEAD, 'at most')]
          : []),
        ...(tailSilenceSeconds >= TAIL.value
          ? [beyond('faults.tailSilenceSeconds', 'Silence after', tailSilenceSeconds, TAIL, 'at most')]
          : []),
      ],
      times: [
        { startSeconds: 0, endSeconds: headSilenceSeconds },
        { startSeconds: end - tailSilenceSeconds, endSeconds: end },
      ].filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= HEAD.value),
      remedy:
        'Set the export range to begin 0.1 to 0.3 s before the first sound and to end 0.5 to 1 s after the last tail.',
      advice:
        headSilenceSeconds >= HEAD.value
          ? advise(
              'faults.headSilenceSeconds',
              'Silence before',
              's',
              0.1 - headSilenceSeconds,
              0.9 - headSilenceSeconds,
            )
          : advise(
              'faults.tailSilenceSeconds',
              'Silence after',
              's',
              0.5 - tailSilenceSeconds,
              2 - tailSilenceSeconds,
            ),
      check: 'Analyse the new export: less than 1 s before, less than 2 s after.',
    }
  },
}
