import { eventTimes } from '../event-times.ts'
import { times } from '../in-words.ts'
import { advise, beyond, type Rule, severityOf, type Threshold } from '../rule.ts'

const NONE: Threshold = {
  value: 0,
  unit: 'holes',
  provenance: 'measured population',
  source: 'one in fifty tuning tracks has such holes, by gated notes',
}
/** With so few bits quiet sound rounds to exact silence: that is another finding. */
const FEWEST_BITS = 12
const STEPS = { minor: 1, moderate: 3, severe: 30 }

/** Holes of exact silence in the middle of sound. */
export const dropouts: Rule = {
  id: 'dropouts',
  area: 'technical',
  cannotJudge: ({ audio }) => (audio.faults ? null : 'Dropouts were not looked for.'),
  judge({ audio }) {
    const found = audio.faults?.dropouts
    if (!found || (audio.faults?.usedBits ?? FEWEST_BITS) < FEWEST_BITS) return null
    const severity = severityOf(found.count, STEPS)
    if (severity === null) return null
    const longestMs = 1000 * (found.longestSeconds ?? 0)
    return {
      severity,
      title: 'Holes of silence',
      words: `The sound falls to exact silence ${times(found.count)}, for up to ${longestMs.toFixed(0)} ms. Gated sounds and stutter effects may do that on purpose.`,
      evidence: [beyond('faults.dropouts.count', 'Dropouts', found.count, NONE, 'at most')],
      times: eventTimes(found),
      remedy:
        'If they are not meant: export offline instead of in real time, freeze heavy instruments, and check the streaming of samples from disk.',
      advice: advise('faults.dropouts.count', 'Dropouts', 'holes', null, -found.count),
      check: 'Analyse the new export: no dropouts at these places.',
    }
  },
}
