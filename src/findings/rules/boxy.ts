import { toneRule } from '../tone/judge-tone.ts'

/** A hollow bump above the mud. */
export const boxy = toneRule({
  id: 'boxy',
  area: 'tone',
  title: 'Boxy mids',
  band: { fromHz: 350, toHz: 600 },
  amount: 'more',
  heard: 'like heard through a cardboard box; small rooms and close drum microphones do that.',
  inTheMix:
    'Look for drums, voice or piano recorded in a small room: cut 2 to 4 dB at 400 to 500 Hz (Q about 1.5) on that part.',
  equaliser: 'a bell of −{dB} dB at 450 Hz (Q 1.5)',
})
