import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'

const TUNING: Threshold = {
  value: 15,
  unit: 'cents',
  provenance: 'measured population',
  source:
    'nineteen of twenty of 83 tracks with a sure key are within 10 cents of A = 440 Hz; the meter is right within 4',
}
const SURE_KEY = 0.8
/** As near to concert pitch as it should come. */
const NEAR_CENTS = 5

/** Everything is tuned beside concert pitch. */
export const offTuning: Rule = {
  id: 'off-tuning',
  area: 'arrangement',
  cannotJudge: ({ audio }) =>
    audio.tonality?.key ? null : 'There is no clear key, so there is no tuning to judge.',
  judge({ audio }) {
    const cents = audio.tonality?.tuningCents ?? null
    if (!audio.tonality || cents === null || audio.tonality.confidence < SURE_KEY) return null
    if (Math.abs(cents) < TUNING.value) return null
    return {
      severity: 'minor',
      title: `Tuned ${say(Math.abs(cents), 0)} cents ${cents > 0 ? 'sharp' : 'flat'}`,
      words: `The notes lie ${say(Math.abs(cents), 0)} cents ${cents > 0 ? 'above' : 'below'} A = 440 Hz. Old recordings, slowed samples and some traditions do; an instrument in concert pitch beats against them.`,
      evidence: [beyond('tonality.tuningCents', 'Tuning', Math.abs(cents), TUNING, 'at most')],
      remedy: `If only samples are off: transpose them by ${say(-cents, 0)} cents. If everything is: leave it, and tune what you add to it.`,
      advice: advise('tonality.tuningCents', 'Tuning', 'cents', -cents - NEAR_CENTS, -cents + NEAR_CENTS),
      check: 'Analyse the new export: within 5 cents.',
    }
  },
}
