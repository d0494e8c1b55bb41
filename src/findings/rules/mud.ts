import { toneRule } from '../tone/judge-tone.ts'

/** Too much where fundamentals of everything meet. */
export const mud = toneRule({
  id: 'mud',
  area: 'tone',
  title: 'Muddy low mids',
  band: { fromHz: 150, toHz: 500 },
  amount: 'more',
  heard: 'parts cover each other and the whole sounds thick.',
  inTheMix:
    'Look for pads, guitars, reverbs and the upper bass that sound together there: high-pass what does not need its lows at 120 to 200 Hz, and cut 2 to 4 dB around 300 Hz on the thickest one or two.',
  equaliser: 'a wide bell of −{dB} dB at 300 Hz',
})
