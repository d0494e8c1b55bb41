import { type MeasureGroup, SILENT } from './measure-words.ts'

export const loudness: MeasureGroup = {
  title: 'Loudness',
  measures: [
    {
      path: 'loudness.integratedLufs',
      name: 'Integrated',
      unit: 'LUFS',
      decimals: 1,
      signed: false,
      meaning: 'How loud the whole track is: the value streaming services turn up or down by.',
      method:
        'ITU-R BS.1770: K-weighted, in blocks of 400 ms; blocks below −70 LUFS and more than 10 LU below the rest do not count.',
      missing: SILENT,
      read: (report) => report.loudness?.integratedLufs ?? null,
    },
    {
      path: 'loudness.shortTermMaxLufs',
      name: 'Short-term, loudest',
      unit: 'LUFS',
      decimals: 1,
      signed: false,
      meaning: 'The loudest three seconds, usually the drop or the last chorus.',
      method: 'EBU Tech 3341: K-weighted, over a sliding window of 3 s, without gates.',
      missing: 'The track is silent or shorter than 3 s.',
      read: (report) => report.loudness?.shortTermMaxLufs ?? null,
    },
    {
      path: 'loudness.momentaryMaxLufs',
      name: 'Momentary, loudest',
      unit: 'LUFS',
      decimals: 1,
      signed: false,
      meaning: 'The loudest single moment, about the length of a hit.',
      method: 'EBU Tech 3341: K-weighted, over a sliding window of 400 ms, without gates.',
      missing: 'The track is silent or shorter than 400 ms.',
      read: (report) => report.loudness?.momentaryMaxLufs ?? null,
    },
    {
      path: 'loudness.rangeLu',
      name: 'Loudness range',
      unit: 'LU',
      decimals: 1,
      signed: false,
      meaning: 'How far quiet and loud parts lie apart. It says little about tracks under a minute.',
      method:
        'EBU Tech 3342: 95th minus 10th percentile of short-term loudness, with gates at −70 LUFS and −20 LU.',
      missing: 'There was too little above the gates to compare.',
      read: (report) => report.loudness?.rangeLu ?? null,
    },
  ],
}
