import { say } from '../in-words.ts'
import { beyond, type Rule, type Threshold } from '../rule.ts'

const WIDTH: Threshold = {
  value: -2.5,
  unit: 'dB',
  provenance: 'measured population',
  source:
    'set on tuning tracks with the side raised by 6 and 12 dB; 39.4 % of masters of 218,109 uploads count as wide',
}
const MODERATE_DB = 3.5
const SEVERE_DB = 8

/** More side than the middle carries. */
export const tooWide: Rule = {
  id: 'too-wide',
  area: 'stereo',
  judge({ audio }) {
    const widthDb = audio.stereo.widthDb ?? null
    if (widthDb === null || widthDb < WIDTH.value || (audio.faults?.silentChannels.length ?? 0) > 0)
      return null
    const lossDb = audio.stereo.monoLossDb ?? 0
    return {
      severity: widthDb >= SEVERE_DB ? 'severe' : widthDb >= MODERATE_DB ? 'moderate' : 'minor',
      title: widthDb > 0 ? 'More side than middle' : 'Very wide',
      words: `The side signal is ${say(Math.abs(widthDb))} dB ${widthDb > 0 ? 'above' : 'below'} the middle. Summed to mono the track loses ${say(-lossDb)} dB, and what is in the middle seems far away.`,
      evidence: [beyond('stereo.widthDb', 'Width', widthDb, WIDTH, 'at most')],
      remedy: `Bring the width of the master down (side by ${say(Math.min(6, Math.max(1.5, widthDb + 6)))} dB), or take wideners and Haas delays off single parts until the middle carries voice, kick and bass.`,
      check: 'Analyse the new export: a width of −4 dB or less; listen once in mono.',
    }
  },
}
