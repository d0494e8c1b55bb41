import { eventTimes } from '../event-times.ts'
import { say } from '../in-words.ts'
import { advise, beyond, type Rule, severityOf, type Threshold } from '../rule.ts'

const FULL_SCALE: Threshold = {
  value: 0,
  unit: 'dBTP',
  provenance: 'standard',
  source:
    'ITU-R BS.1770-5 Annex 2; EBU R 128 asks for −1 dBTP, AES TD1008 for −1 dBTP at the input of a lossy coder',
}
/** dB over full scale. The meter is within 0.1 dB of the standard. */
const OVER_DB = { minor: 0.05, moderate: 0.4, severe: 3 }

/** Peaks between the samples that exceed full scale. */
export const truePeakOver: Rule = {
  id: 'true-peak-over',
  area: 'loudness',
  judge({ audio }) {
    const { truePeakDbtp, truePeakSeconds, overs, clips } = audio.peaks
    if (truePeakDbtp === null) return null
    const severity = severityOf(truePeakDbtp, OVER_DB)
    if (severity === null) return null
    const places = [...(overs ? eventTimes(overs) : []), ...(clips ? eventTimes(clips) : [])]
    const highest = truePeakSeconds ?? null
    return {
      severity,
      title: 'Peaks between the samples are over full scale',
      words: `The true peak is ${say(truePeakDbtp)} dB above full scale. Converters and lossy coders may distort there, although no sample need be at full scale.`,
      evidence: [beyond('peaks.truePeakDbtp', 'True peak', truePeakDbtp, FULL_SCALE, 'at most')],
      times:
        places.length > 0 ? places : highest === null ? [] : [{ startSeconds: highest, endSeconds: highest }],
      remedy: `Set the ceiling of the last limiter to −1 dBTP and switch its true-peak (inter-sample) mode on; that takes ${say(truePeakDbtp + 1)} dB off these places alone. Without such a limiter, lower the whole track by ${say(truePeakDbtp + 1)} dB.`,
      advice: advise('peaks.truePeakDbtp', 'True peak', 'dB', null, -(truePeakDbtp + 1)),
      check: 'Analyse the new export: the true peak is −1 dBTP or less.',
    }
  },
}
