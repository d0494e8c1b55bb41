import { say } from '../in-words.ts'
import { advise, beyond, type Rule, severityOf, type Threshold } from '../rule.ts'

const OFFSET: Threshold = {
  value: 0.005,
  unit: 'of full scale',
  provenance: 'measured population',
  source: 'three times what the tuning tracks hold after their mean is removed; AES practice is below 0.1 %',
}
const STEPS = { minor: OFFSET.value, moderate: 0.02, severe: 0.1 }

/** A constant offset that takes headroom and clicks at edits. */
export const dcOffset: Rule = {
  id: 'dc-offset',
  area: 'technical',
  judge({ audio }) {
    const worst = Math.max(0, ...(audio.faults?.dcOffsets ?? []).map((offset) => Math.abs(offset)))
    const severity = severityOf(worst, STEPS)
    if (severity === null) return null
    return {
      severity,
      title: 'The waveform does not rest at zero',
      words: `A constant offset of ${say(100 * worst)} % of full scale takes headroom from the limiter and clicks at cuts.`,
      evidence: [beyond('faults.dcOffsets', 'DC offset', worst, OFFSET, 'at most')],
      remedy:
        'Put a high-pass at 20 Hz (12 dB per octave) or a DC filter (Utility: DC) at the start of the master chain; better, on the recording or instrument that brings it.',
      advice: {
        ...advise('faults.dcOffsets', 'DC offset', 'of full scale', null, 0),
        change: { from: null, to: -0.9 * worst },
      },
      check: 'Analyse the new export: an offset below 0.1 %.',
    }
  },
}
