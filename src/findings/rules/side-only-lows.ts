import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'
import { soundingBands } from './stereo-bands.ts'

const LOW_CORRELATION: Threshold = {
  value: 0,
  unit: '',
  provenance: 'opinion',
  source:
    'mono lows below about 100 to 120 Hz are a rule of thumb; out-of-phase lows cancel in every mono system',
}
/** Orchestras and wide pads stray a little below zero; lows that were turned over do not stop there. Set on tuning tracks. */
const MODERATE_CORRELATION = -0.4
const SEVERE_CORRELATION = -0.7
/** Lows that cancel are quiet in the sum, and still lost. */
const QUIETEST_SHARE_DB = -40

/** Lows that live in the side signal: they cancel in mono, on a club system and on vinyl. */
export const sideOnlyLows: Rule = {
  id: 'side-only-lows',
  area: 'low end',
  judge(subject) {
    const sub = soundingBands(subject, QUIETEST_SHARE_DB)
      .filter(({ toHz }) => toHz <= 200)
      .sort((a, b) => a.correlation - b.correlation)[0]
    if (!sub || sub.correlation >= LOW_CORRELATION.value || sub.widthDb <= 0) return null
    return {
      severity:
        sub.correlation <= SEVERE_CORRELATION
          ? 'severe'
          : sub.correlation <= MODERATE_CORRELATION
            ? 'moderate'
            : 'minor',
      title: 'The lows are out of phase',
      words: `Between ${sub.fromHz} and ${sub.toHz} Hz the sides correlate at ${say(sub.correlation, 2)}, and the side signal is ${say(sub.widthDb)} dB above the middle: in mono these lows cancel.`,
      evidence: [
        beyond(
          `stereo.bands.${sub.name}.correlation`,
          `Correlation, ${sub.name}`,
          sub.correlation,
          LOW_CORRELATION,
          'at least',
        ),
      ],
      band: { fromHz: sub.fromHz, toHz: sub.toHz },
      remedy:
        'Make everything below about 120 Hz mono (Utility: Bass Mono on the bass and on the master), and take stereo wideners, chorus and unison spread off the sub layer.',
      advice: advise(
        `stereo.bands.${sub.name}.correlation`,
        `Correlation, ${sub.name}`,
        '',
        0.5 - sub.correlation,
        null,
      ),
      check: 'Analyse the new export: the lowest two bands correlate above 0.5.',
    }
  },
}
