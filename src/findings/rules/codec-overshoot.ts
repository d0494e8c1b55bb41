import { eventTimes } from '../event-times.ts'
import { say } from '../in-words.ts'
import { advise, beyond, type Rule, severityOf, type Threshold } from '../rule.ts'

const FULL_SCALE: Threshold = {
  value: 0,
  unit: 'dBTP',
  provenance: 'standard',
  source: 'AES TD1008: −1 dBTP at the input of a coder is meant to keep its output below full scale',
}
/** dB over full scale after decoding. */
const OVER_DB = { minor: 0.05, moderate: 1, severe: 3 }

/** Peaks that a lossy coder raises over full scale, measured on real encodes of this track. */
export const codecOvershoot: Rule = {
  id: 'codec-overshoot',
  area: 'loudness',
  cannotJudge: ({ audio }) =>
    audio.codecs?.encodes.some(({ truePeakDbtp }) => truePeakDbtp !== null)
      ? null
      : 'The track was not played through codecs: choose that when you upload it.',
  judge({ audio }) {
    const encodes = (audio.codecs?.encodes ?? []).flatMap((encode) =>
      encode.truePeakDbtp === null ? [] : [{ ...encode, peakDbtp: encode.truePeakDbtp }],
    )
    const [worst] = encodes.toSorted((a, b) => b.peakDbtp - a.peakDbtp)
    const severity = worst ? severityOf(worst.peakDbtp, OVER_DB) : null
    if (!worst || severity === null) return null
    return {
      severity,
      title: 'Streaming codecs push peaks over full scale',
      words: `After ${worst.name} the true peak is ${say(worst.peakDbtp)} dB above full scale; a player that delivers integers cuts it off. Platforms that turn the track down first avoid that.`,
      evidence: [
        beyond('codecs.encodes', `True peak after ${worst.name}`, worst.peakDbtp, FULL_SCALE, 'at most'),
      ],
      times: worst.clips ? eventTimes(worst.clips) : [],
      remedy: `Lower the ceiling of the last limiter by ${say(Math.max(0.5, worst.peakDbtp))} dB, true-peak limiting on.`,
      advice: advise('peaks.truePeakDbtp', 'True peak', 'dB', null, -Math.max(0.5, worst.peakDbtp)),
      check: 'Analyse the new export with the codec check on: every true peak after a codec is below 0 dBTP.',
    }
  },
}
