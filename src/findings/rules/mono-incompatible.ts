import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Subject, type Threshold } from '../rule.ts'
import { medianOf, soundingBands } from './stereo-bands.ts'

const MONO_LOSS: Threshold = {
  value: -3.7,
  unit: 'dB',
  provenance: 'measured population',
  source:
    'two unrelated channels lose 3 dB; set on tuning tracks with a phase-flipped side. Mono problems: 12 % of masters of 218,109 uploads',
}
const CORRELATION: Threshold = {
  value: -0.45,
  unit: '',
  provenance: 'measured population',
  source: 'middle of the bands from 500 Hz to 12 kHz; clean tuning tracks stay above −0.3',
}
const MIDDLE_HZ = { from: 500, to: 12_000 }
const MODERATE = { lossDb: -5.2, correlation: -0.6 }
const SEVERE_LOSS_DB = -9

/** Correlation in the middle of the spectrum: lows that are in phase must not hide what cancels above them. */
function middleCorrelation(subject: Subject): number | null {
  return medianOf(
    soundingBands(subject)
      .filter(({ fromHz, toHz }) => fromHz >= MIDDLE_HZ.from && toHz <= MIDDLE_HZ.to)
      .map(({ correlation }) => correlation),
  )
}

/** Parts that vanish when both sides are added. */
export const monoIncompatible: Rule = {
  id: 'mono-incompatible',
  area: 'stereo',
  judge(subject) {
    const lossDb = subject.audio.stereo.monoLossDb ?? null
    const middle = middleCorrelation(subject)
    if (lossDb === null || subject.audio.stereo.correlation === null) return null
    const cancels = middle !== null && middle <= CORRELATION.value
    if (lossDb > MONO_LOSS.value && !cancels) return null
    const moderate = lossDb <= MODERATE.lossDb || (middle !== null && middle <= MODERATE.correlation)
    return {
      severity: lossDb <= SEVERE_LOSS_DB ? 'severe' : moderate ? 'moderate' : 'minor',
      title: 'Parts vanish in mono',
      words: `Summed to mono the track loses ${say(-lossDb)} dB${cancels ? `, and between 500 Hz and 12 kHz the sides correlate at ${say(middle, 2)}` : ''}: on telephones, in clubs and shops parts of it will be missing.`,
      evidence: [
        beyond('stereo.monoLossDb', 'Mono loss', lossDb, MONO_LOSS, 'at least'),
        ...(cancels
          ? [beyond('stereo.bands', 'Correlation, 500 Hz to 12 kHz', middle, CORRELATION, 'at least')]
          : []),
      ],
      ...(cancels ? { band: { fromHz: MIDDLE_HZ.from, toHz: MIDDLE_HZ.to } } : {}),
      remedy:
        'Listen in mono (Utility: Mono on the master) and mute parts one by one: the one that comes back when alone is the culprit. Replace its phase-based widener by panned doubles, or narrow it to 50 %.',
      advice: advise('stereo.monoLossDb', 'Mono loss', 'dB', Math.max(0.5, -3 - lossDb), null),
      check: 'Analyse the new export: a mono loss of 3 dB or less, a correlation above 0 in every band.',
    }
  },
}
