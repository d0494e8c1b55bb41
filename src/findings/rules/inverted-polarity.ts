import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'
import { soundingBands } from './stereo-bands.ts'

const CORRELATION: Threshold = {
  value: 0,
  unit: '',
  provenance: 'standard',
  source: 'a centred source correlates at +1; below 0 the sides cancel more than they add',
}
/** Lows are almost always centred: when they are upside down as well as the rest, a channel is. */
const LOW_BELOW_HZ = 200
const NEGATIVE_SHARE = 0.7

/** One channel is upside down: every band correlates negatively, the lows too. */
export const invertedPolarity: Rule = {
  id: 'inverted-polarity',
  area: 'stereo',
  judge(subject) {
    const { correlation } = subject.audio.stereo
    const bands = soundingBands(subject)
    if (correlation === null || correlation >= CORRELATION.value || bands.length < 3) return null
    const lows = bands.filter(({ toHz }) => toHz <= LOW_BELOW_HZ)
    const negative = bands.filter((band) => band.correlation < 0)
    if (lows.length === 0 || lows.some((band) => band.correlation >= 0)) return null
    if (negative.length < NEGATIVE_SHARE * bands.length) return null
    return {
      severity: 'severe',
      title: 'One channel is upside down',
      words: `Left and right correlate at ${say(correlation, 2)}, and negatively from the lows up: what should be in the middle vanishes in mono, and bass is weak on loudspeakers.`,
      evidence: [beyond('stereo.correlation', 'Correlation', correlation, CORRELATION, 'at least')],
      remedy:
        'Invert the polarity of one channel (Utility: phase L or R), on the part it comes from if it is only one, otherwise on the master; then look for the cable, plug-in or export that turned it.',
      advice: advise('stereo.correlation', 'Correlation', '', 0.1 - correlation, null),
      check:
        'Analyse the new export: the correlation is above 0 in every band, and the mono loss below 3 dB.',
    }
  },
}
