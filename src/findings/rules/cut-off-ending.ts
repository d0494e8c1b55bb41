import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'

const END: Threshold = {
  value: -12,
  unit: 'LU',
  provenance: 'opinion',
  source: 'set on planted cuts: a fade or a tail is further below the whole in its last 400 ms',
}

/** A track that stops in mid-sound. Loops do so on purpose. */
export const cutOffEnding: Rule = {
  id: 'cut-off-ending',
  area: 'technical',
  judge({ audio }) {
    const last = audio.loudness.curve.momentaryLufs.at(-1) ?? null
    const { integratedLufs } = audio.loudness
    if (audio.faults?.endsAbruptly !== true || last === null || integratedLufs === null) return null
    const below = last - integratedLufs
    if (below < END.value) return null
    const end = audio.source.durationSeconds
    return {
      severity: 'minor',
      title: 'The end is cut off',
      words: `The last 400 ms are only ${say(Math.max(0, -below))} LU below the loudness of the whole, and the file stops there. A loop ends like this on purpose; a song rarely does.`,
      evidence: [{ ...beyond('loudness.curve', 'End against the whole', below, END, 'at most') }],
      times: [{ startSeconds: Math.max(0, end - 2), endSeconds: end }],
      remedy:
        'Extend the export range until reverbs and delays have died away (2 to 8 s more), or fade the last bar out.',
      advice: advise('source.durationSeconds', 'Length', 's', 2, 8),
      check: 'Listen to the last 5 s; analyse the new export.',
    }
  },
}
