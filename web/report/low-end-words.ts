import type { MeasureGroup } from './measure-words.ts'

const NO_LOWS = 'There is next to nothing under 200 Hz.'
const NO_STROKES = 'No kick stands out from the low end.'

export const lowEnd: MeasureGroup = {
  title: 'Low end',
  measures: [
    {
      path: 'spectrum.lowEnd.subDb',
      name: 'Sub',
      unit: 'dB',
      decimals: 1,
      signed: true,
      meaning: 'What lies between 20 and 60 Hz, against all of the track.',
      method: 'Energy from 20 to 60 Hz over that of all seven bands.',
      missing: NO_LOWS,
      read: (report) => report.spectrum?.lowEnd?.subDb ?? null,
    },
    {
      path: 'spectrum.lowEnd.kickDb',
      name: 'Kick',
      unit: 'dB',
      decimals: 1,
      signed: true,
      meaning:
        'What comes in strokes under 200 Hz, against all of the track. Short bass notes count as well.',
      method:
        'What stands above the level that each band of 22 Hz holds for 0.19 s, where the low end jumps up.',
      missing: NO_STROKES,
      read: (report) => report.spectrum?.lowEnd?.kickDb ?? null,
      isNone: (report) => report.spectrum?.lowEnd?.kickDb === null,
    },
    {
      path: 'spectrum.lowEnd.bassDb',
      name: 'Held bass',
      unit: 'dB',
      decimals: 1,
      signed: true,
      meaning: 'What is held under 200 Hz, against all of the track.',
      method: 'Everything under 200 Hz but the strokes. A kick that rings on counts as held.',
      missing: NO_LOWS,
      read: (report) => report.spectrum?.lowEnd?.bassDb ?? null,
    },
    {
      path: 'spectrum.lowEnd.overlap',
      name: 'Kick in the bass',
      unit: '%',
      decimals: 0,
      signed: false,
      meaning:
        'How much of the kick stands where bass sounds on at that moment: 0 it is free, 100 it is inside.',
      method:
        'Part of the strokes’ energy that is matched, in the same band of 22 Hz and window of 93 ms, by sound that lasts.',
      missing: NO_STROKES,
      read: (report) => {
        const overlap = report.spectrum?.lowEnd?.overlap ?? null
        return overlap === null ? null : 100 * overlap
      },
    },
  ],
}
