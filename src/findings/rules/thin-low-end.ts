import { toneRule } from '../tone/judge-tone.ts'

/** Lows that are missing. */
export const thinLowEnd = toneRule({
  id: 'thin-low-end',
  area: 'low end',
  title: 'Thin low end',
  band: { fromHz: 40, toHz: 200 },
  amount: 'less',
  heard: 'the track lacks weight.',
  inTheMix:
    'Raise bass and kick by 1 to 3 dB, check that they are in phase with each other, and lower high-pass filters that cut above 60 Hz.',
  equaliser: 'a low shelf of +{dB} dB at 120 Hz',
})
