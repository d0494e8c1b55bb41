import { toneRule } from '../tone/judge-tone.ts'

/** Highs that are missing. */
export const dull = toneRule({
  id: 'dull',
  area: 'tone',
  title: 'Dull highs',
  band: { fromHz: 6000, toHz: 16000 },
  amount: 'less',
  heard: 'air and detail are missing.',
  inTheMix:
    'Look for low-pass filters left closed, dark samples and dull reverbs: open them, or raise 8 kHz and above by 2 to 4 dB with a shelf on the two or three parts that should sparkle.',
  equaliser: 'a high shelf of +{dB} dB from 8 kHz',
})
