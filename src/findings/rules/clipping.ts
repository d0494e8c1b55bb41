import { eventTimes } from '../event-times.ts'
import { isMix, perMinute, times } from '../in-words.ts'
import { advise, beyond, type Rule, severityOf, type Threshold } from '../rule.ts'

const NONE: Threshold = {
  value: 0,
  unit: 'events',
  provenance: 'standard',
  source: 'PCM holds nothing above full scale: three equal samples there are a waveform that was cut off',
}
/** Samples at full scale per minute of all channels. Opinion, set on planted clipping of 2.4 to 11 dB. */
const SAMPLES_PER_MINUTE = { minor: 0, moderate: 300, severe: 10_000 }

/** Waveforms cut off at full scale. What was clipped and turned down afterwards is not seen. */
export const clipping: Rule = {
  id: 'clipping',
  area: 'loudness',
  cannotJudge: ({ audio }) => (audio.peaks.clips ? null : 'Clipping was not measured.'),
  judge({ audio, purpose }) {
    const clips = audio.peaks.clips
    if (!clips || clips.count === 0) return null
    const rate = perMinute(clips.samples, audio.source.durationSeconds)
    return {
      severity: severityOf(rate, SAMPLES_PER_MINUTE) ?? 'minor',
      title: 'The waveform is cut off at full scale',
      words: `It clips ${times(clips.count)}: ${clips.samples} samples stand at full scale, at most ${clips.longestSamples} in a row. What was cut off is distortion that stays in the file.`,
      evidence: [beyond('peaks.clips.count', 'Clipping', clips.count, NONE, 'at most')],
      times: eventTimes(clips),
      remedy: isMix(purpose)
        ? 'Lower the master fader, or the groups that feed it, by 3 to 6 dB until the loudest place peaks at −6 dBFS, and export again. Nothing is lost: loudness is the business of mastering.'
        : 'Lower the gain into the last limiter by 1 to 3 dB and set its ceiling to −1 dBTP with true-peak limiting on; then export from the unclipped mix. Clipping that was meant belongs on single tracks before the limiter.',
      advice: isMix(purpose)
        ? advise('loudness.integratedLufs', 'Integrated loudness', 'LU', -6, -3)
        : advise('peaks.truePeakDbtp', 'True peak', 'dB', null, -1 - (audio.peaks.truePeakDbtp ?? 0)),
      check: 'Analyse the new export: no clips, and a true peak of −1 dBTP or less.',
    }
  },
}
