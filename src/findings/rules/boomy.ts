import { toneRule } from '../tone/judge-tone.ts'

/** Lows that outweigh the rest. */
export const boomy = toneRule({
  id: 'boomy',
  area: 'low end',
  title: 'Boomy lows',
  band: { fromHz: 30, toHz: 100 },
  amount: 'more',
  heard: 'kick and bass outweigh the music and eat the headroom.',
  inTheMix:
    'Lower bass or kick by 2 to 3 dB, or cut 2 to 4 dB with a low shelf at 60 Hz on the one that holds its notes there; high-pass everything else at 80 to 120 Hz.',
  equaliser: 'a low shelf of −{dB} dB at 60 Hz',
})
