import { toneRule } from '../tone/judge-tone.ts'

/** Too much where the ear is most sensitive. */
export const harsh = toneRule({
  id: 'harsh',
  area: 'tone',
  title: 'Harsh upper mids',
  band: { fromHz: 2500, toHz: 5000 },
  amount: 'more',
  heard: 'it tires the ear and sounds louder than it measures.',
  inTheMix:
    'Look for distorted synths, guitars, cymbals or a bright voice: cut 2 to 4 dB around 3.5 kHz on that part, better with a dynamic equaliser that works only in the loud places.',
  equaliser: 'a bell of −{dB} dB at 3.5 kHz',
})
