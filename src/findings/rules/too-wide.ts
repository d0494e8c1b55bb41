import { say } from '../in-words.ts'
import { advise, type Rule, severityOf } from '../rule.ts'
import { tooWideBy } from '../width/width-score.ts'
import { WIDTH_MODEL } from '../width/width-weights.ts'

/** Side over middle of the whole, dB: above 0 the middle is the weaker part. */
const STEPS_DB = { minor: Number.NEGATIVE_INFINITY, moderate: 3.5, severe: 8 }
/** The side that a master bears to be lowered by at once. dB */
const MOST_AIM_DB = 6
const LEAST_AIM_DB = 1.5

/** More side than the middle carries, in all bands: some music is wide in some. */
export const tooWide: Rule = {
  id: 'too-wide',
  area: 'stereo',
  judge({ audio }) {
    const widthDb = audio.stereo.widthDb ?? null
    const found = tooWideBy(audio)
    if (widthDb === null || found === null || (audio.faults?.silentChannels.length ?? 0) > 0) return null
    const lossDb = audio.stereo.monoLossDb ?? 0
    const aimDb = Math.min(MOST_AIM_DB, Math.max(LEAST_AIM_DB, found.excessDb + 1))
    return {
      severity: severityOf(widthDb, STEPS_DB) ?? 'minor',
      confidence: found.confidence,
      title: widthDb > 0 ? 'More side than middle' : 'Very wide',
      words: `The side signal is ${say(Math.abs(widthDb))} dB ${widthDb > 0 ? 'above' : 'below'} the middle, and wide from the lows to the highs: about ${say(found.excessDb)} dB more than images of this kind have. Summed to mono the track loses ${say(-lossDb)} dB, and what is in the middle seems far away.`,
      evidence: [
        {
          path: 'stereo.widthDb',
          what: 'Width',
          value: widthDb,
          unit: 'dB',
          target: { from: null, to: Math.round(10 * (widthDb - found.excessDb)) / 10 },
          provenance: 'measured population',
          source: `widths of seven bands of ${WIDTH_MODEL.tracks} freely licensed and generated tracks, and of the same with the side raised by 5 to 12 dB; 39.4 % of masters of 218,109 uploads count as wide`,
        },
      ],
      remedy: `Bring the width of the master down (side by ${say(aimDb)} dB), or take wideners and Haas delays off single parts until the middle carries voice, kick and bass; below 150 Hz keep the side at least 10 dB under the middle.`,
      advice: advise('stereo.widthDb', 'Width', 'dB', null, -aimDb),
      check: 'Analyse the new export: this finding is gone; listen once in mono.',
    }
  },
}
