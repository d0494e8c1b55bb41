import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'
import { type BandSides, medianOf, soundingBands } from './stereo-bands.ts'

const CORRELATION: Threshold = {
  value: 0,
  unit: '',
  provenance: 'standard',
  source: 'a centred source correlates at +1; below 0 the sides cancel more than they add',
}
const LOW_BELOW_HZ = 200
const HIGH_ABOVE_HZ = 2000
const NEGATIVE_SHARE = 0.7
/** Wide music has a middle that hardly correlates at all: then the lows and the highs say it. */
const CLEARLY = -0.2

/**
 * Lows and highs are mostly centred: when both are upside down, a channel is. Highs that are centred as usual say that only
 * part of the sound was turned over.
 */
function isInverted(bands: readonly BandSides[]): boolean {
  const lows = bands.filter(({ toHz }) => toHz <= LOW_BELOW_HZ)
  const highs = bands.filter(({ fromHz }) => fromHz >= HIGH_ABOVE_HZ)
  if (lows.length === 0 || lows.some(({ correlation }) => correlation >= 0)) return false
  if (highs.some(({ correlation }) => correlation > -CLEARLY)) return false
  const negative = bands.filter(({ correlation }) => correlation < 0)
  if (negative.length >= NEGATIVE_SHARE * bands.length) return true
  const middleOfHighs = medianOf(highs.map(({ correlation }) => correlation)) ?? 0
  return middleOfHighs < CLEARLY && lows.every(({ correlation }) => correlation < CLEARLY)
}

/** One channel is upside down: every band correlates negatively, the lows too. */
export const invertedPolarity: Rule = {
  id: 'inverted-polarity',
  area: 'stereo',
  judge(subject) {
    const { correlation } = subject.audio.stereo
    const bands = soundingBands(subject)
    if (correlation === null || correlation >= CORRELATION.value || bands.length < 3) return null
    if (!isInverted(bands)) return null
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
