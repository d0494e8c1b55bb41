import { eventTimes } from '../event-times.ts'
import { times } from '../in-words.ts'
import { advise, beyond, type Rule, severityOf, type Threshold } from '../rule.ts'

const NONE: Threshold = {
  value: 1,
  unit: 'clicks',
  provenance: 'measured population',
  source: 'one in a hundred tracks has any; a single one may be music',
}
const STEPS = { minor: 2, moderate: 6, severe: 30 }

/** Single samples out of line. */
export const clicks: Rule = {
  id: 'clicks',
  area: 'technical',
  cannotJudge: ({ audio }) => (audio.faults ? null : 'Clicks were not looked for.'),
  judge({ audio }) {
    const found = audio.faults?.clicks
    if (!found) return null
    const severity = severityOf(found.count, STEPS)
    if (severity === null) return null
    return {
      severity,
      title: 'Clicks',
      words: `Single samples jump out of line ${times(found.count)}. Dense highs hide some, so there may be more.`,
      evidence: [beyond('faults.clicks.count', 'Clicks', found.count, NONE, 'at most')],
      times: eventTimes(found),
      remedy:
        'Give clips fades of 2 to 5 ms at their edges, raise the audio buffer if they come from overload, and export again offline. A click in a recording: draw it out or use a de-clicker there.',
      advice: advise('faults.clicks.count', 'Clicks', 'clicks', null, -found.count),
      check: 'Analyse the new export: no clicks.',
    }
  },
}
