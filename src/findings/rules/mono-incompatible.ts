import { say } from '../in-words.ts'
import { beyond, type Rule, type Threshold } from '../rule.ts'

const MONO_LOSS: Threshold = {
  value: -4.2,
  unit: 'dB',
  provenance: 'measured population',
  source:
    'two unrelated channels lose 3 dB; set on tuning tracks with a phase-flipped side. Mono problems: 12 % of masters of 218,109 uploads',
}
const STEPS_DB = { moderate: -5.2, severe: -9 }

/** Parts that vanish when both sides are added. */
export const monoIncompatible: Rule = {
  id: 'mono-incompatible',
  area: 'stereo',
  judge({ audio }) {
    const { correlation } = audio.stereo
    const lossDb = audio.stereo.monoLossDb ?? null
    if (lossDb === null || correlation === null || lossDb > MONO_LOSS.value) return null
    return {
      severity: lossDb <= STEPS_DB.severe ? 'severe' : lossDb <= STEPS_DB.moderate ? 'moderate' : 'minor',
      title: 'Parts vanish in mono',
      words: `Summed to mono the track loses ${say(-lossDb)} dB, and the sides correlate at ${say(correlation, 2)}: on telephones, in clubs and shops parts of it will be missing.`,
      evidence: [beyond('stereo.monoLossDb', 'Mono loss', lossDb, MONO_LOSS, 'at least')],
      remedy:
        'Listen in mono (Utility: Mono on the master) and mute parts one by one: the one that comes back when alone is the culprit. Replace its phase-based widener by panned doubles, or narrow it to 50 %.',
      check: 'Analyse the new export: a mono loss of 3 dB or less, a correlation above 0.',
    }
  },
}
