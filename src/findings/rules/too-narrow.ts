import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'

const WIDTH: Threshold = {
  value: -18,
  unit: 'dB',
  provenance: 'measured population',
  source:
    'set on tuning tracks with the side lowered by 20 dB; 16.5 % of masters and 39 % of mixes of 218,109 uploads count as narrow',
}
const MODERATE_DB = -27

/** Stereo of which next to nothing is left. */
export const tooNarrow: Rule = {
  id: 'too-narrow',
  area: 'stereo',
  judge({ audio }) {
    const widthDb = audio.stereo.widthDb ?? null
    if (widthDb === null || audio.stereo.dualMono === true || widthDb > WIDTH.value) return null
    return {
      severity: widthDb <= MODERATE_DB ? 'moderate' : 'minor',
      title: 'Almost mono',
      words: `The side signal is ${say(-widthDb)} dB below the middle: there is hardly a stereo image.`,
      evidence: [beyond('stereo.widthDb', 'Width', widthDb, WIDTH, 'at least')],
      remedy:
        'If it is not meant to be mono: look for a width control near 0 % on the master first. Otherwise widen parts, not the whole: pan doubles and percussion 30 to 60 % to the sides and give pads a stereo reverb; leave kick, bass and voice in the middle.',
      advice: advise('stereo.widthDb', 'Width', 'dB', -15 - widthDb, null),
      check: 'Analyse the new export: a width of −15 dB or more, a mono loss of no more than 3 dB.',
    }
  },
}
