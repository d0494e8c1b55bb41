import { leastLoudness } from '../destinations.ts'
import { isMix, say } from '../in-words.ts'
import { advise, beyond, type Rule, severityOf } from '../rule.ts'

const PEAK_ADVICE_DBTP = -1
/** dB that simple gain would give, up to the level of its destination and −1 dBTP. */
const UNUSED_DB = { minor: 3, moderate: 4.5, severe: 15 }

/** A master that leaves level unused: quiet although its peaks leave room. Quiet dynamic music at full peak is none. */
export const tooQuiet: Rule = {
  id: 'too-quiet',
  area: 'loudness',
  cannotJudge: ({ purpose }) =>
    isMix(purpose) ? 'A mix may be as quiet as it likes: loudness is judged on masters.' : null,
  judge({ audio, purpose }) {
    const { integratedLufs } = audio.loudness
    const { truePeakDbtp } = audio.peaks
    if (isMix(purpose) || integratedLufs === null || truePeakDbtp === null) return null
    const loudness = leastLoudness(purpose)
    const unusedDb = Math.min(loudness.value - integratedLufs, PEAK_ADVICE_DBTP - truePeakDbtp)
    const severity = severityOf(unusedDb, UNUSED_DB)
    if (severity === null) return null
    return {
      severity,
      title: purpose.kind === 'master' ? 'The master leaves level unused' : 'Quiet, if this is the master',
      words: `The track measures ${say(integratedLufs)} LUFS with peaks at ${say(truePeakDbtp)} dBTP: ${say(unusedDb)} dB of plain gain are left before either ${say(loudness.value, 0)} LUFS or −1 dBTP is reached. Platforms that only turn down will play it quieter than its neighbours.`,
      evidence: [
        beyond('loudness.integratedLufs', 'Integrated loudness', integratedLufs, loudness, 'at least'),
      ],
      remedy: `Raise the whole track by ${say(unusedDb)} dB; no limiter is needed for that.`,
      advice: advise('loudness.integratedLufs', 'Integrated loudness', 'LU', unusedDb, unusedDb + 3),
      check: `Analyse the new export: ${say(loudness.value, 0)} LUFS, or a true peak close to −1 dBTP.`,
    }
  },
}
