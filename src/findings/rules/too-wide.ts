import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Subject, type Threshold } from '../rule.ts'
import { medianOf, soundingBands } from './stereo-bands.ts'

const WIDTH: Threshold = {
  value: -2.7,
  unit: 'dB',
  provenance: 'measured population',
  source:
    'set on tuning tracks with the side raised by 6 and 12 dB; 39.4 % of masters of 218,109 uploads count as wide',
}
/** Narrow lows hide how wide the rest is. */
const MIDDLE: Threshold = { ...WIDTH, value: 0.5 }
const MIDDLE_HZ = { from: 200, to: 6000 }
const MODERATE_DB = 3.5
const SEVERE_DB = 8

function middleWidthDb(subject: Subject): number {
  const middle = soundingBands(subject).filter(
    ({ fromHz, toHz }) => fromHz >= MIDDLE_HZ.from && toHz <= MIDDLE_HZ.to,
  )
  return medianOf(middle.map(({ widthDb }) => widthDb)) ?? Number.NEGATIVE_INFINITY
}

/** More side than the middle carries. */
export const tooWide: Rule = {
  id: 'too-wide',
  area: 'stereo',
  judge(subject) {
    const { audio } = subject
    const widthDb = audio.stereo.widthDb ?? null
    const middleDb = middleWidthDb(subject)
    if (widthDb === null || (audio.faults?.silentChannels.length ?? 0) > 0) return null
    if (widthDb < WIDTH.value && middleDb < MIDDLE.value) return null
    const lossDb = audio.stereo.monoLossDb ?? 0
    return {
      severity: widthDb >= SEVERE_DB ? 'severe' : widthDb >= MODERATE_DB ? 'moderate' : 'minor',
      title: widthDb > 0 ? 'More side than middle' : 'Very wide',
      words: `The side signal is ${say(Math.abs(widthDb))} dB ${widthDb > 0 ? 'above' : 'below'} the middle. Summed to mono the track loses ${say(-lossDb)} dB, and what is in the middle seems far away.`,
      evidence: [
        beyond('stereo.widthDb', 'Width', widthDb, WIDTH, 'at most'),
        ...(middleDb >= MIDDLE.value
          ? [beyond('stereo.bands', 'Width, 200 Hz to 6 kHz', middleDb, MIDDLE, 'at most')]
          : []),
      ],
      remedy: `Bring the width of the master down (side by ${say(Math.min(6, Math.max(1.5, widthDb + 6)))} dB), or take wideners and Haas delays off single parts until the middle carries voice, kick and bass.`,
      advice: advise('stereo.widthDb', 'Width', 'dB', null, -Math.min(6, Math.max(1.5, widthDb + 6))),
      check: 'Analyse the new export: a width of −4 dB or less; listen once in mono.',
    }
  },
}
