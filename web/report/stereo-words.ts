import type { MeasureGroup } from './measure-words.ts'

export const stereo: MeasureGroup = {
  title: 'Stereo',
  measures: [
    {
      path: 'stereo.correlation',
      name: 'Correlation',
      unit: '',
      decimals: 2,
      signed: true,
      meaning: 'How alike left and right are: +1 the same, 0 unrelated, below 0 they cancel in mono.',
      method:
        'Pearson correlation of the left and right samples over the whole track. It takes no account of level.',
      missing: 'The file is mono, or silent on a side.',
      read: (report) => report.stereo?.correlation ?? null,
    },
    {
      path: 'stereo.widthDb',
      name: 'Width',
      unit: 'dB',
      decimals: 1,
      signed: true,
      meaning: 'Sides against middle: 0 dB is as much of both, far below 0 is narrow.',
      method: 'Level of left minus right over level of left plus right.',
      missing: 'The file is mono, or both sides are the same.',
      read: (report) => report.stereo?.widthDb ?? null,
    },
    {
      path: 'stereo.monoLossDb',
      name: 'Lost in mono',
      unit: 'dB',
      decimals: 1,
      signed: true,
      meaning:
        'How much quieter the track gets when both sides are added, as on many club systems and phones.',
      method: 'Level of the sum of both sides over the level of both sides.',
      missing: 'The file is mono, or silent.',
      read: (report) => report.stereo?.monoLossDb ?? null,
    },
    {
      path: 'stereo.balanceDb',
      name: 'Left to right',
      unit: 'dB',
      decimals: 1,
      signed: true,
      meaning: 'Left against right: above 0 the left side is louder.',
      method: 'Level of the left channel over that of the right.',
      missing: 'The file is mono, or silent on a side.',
      read: (report) => report.stereo?.balanceDb ?? null,
    },
    {
      path: 'stereo.lowSideDb',
      name: 'Width under 120 Hz',
      unit: 'dB',
      decimals: 1,
      signed: true,
      meaning: 'How much of the lows stands in the sides, which a mono system loses. Far below 0 is safe.',
      method: 'Level of left minus right over level of left plus right, 20 to 120 Hz.',
      missing: 'The file is mono, or has no lows.',
      read: (report) => report.stereo?.lowSideDb ?? null,
    },
  ],
}
