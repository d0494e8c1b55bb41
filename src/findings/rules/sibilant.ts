import { toneRule } from '../tone/judge-tone.ts'

/** Hiss and s-sounds. */
export const sibilant = toneRule({
  id: 'sibilant',
  area: 'tone',
  title: 'Sibilant highs',
  band: { fromHz: 6000, toHz: 10000 },
  amount: 'more',
  heard: 's-sounds, hats and cymbals stick out.',
  inTheMix:
    'Put a de-esser on the voice (3 to 6 dB at 6 to 9 kHz on s-sounds only), and lower hats and shakers by 1 to 3 dB before any equaliser.',
  equaliser: 'a de-esser or a narrow bell of −{dB} dB at 8 kHz',
})
