import type { MeasureGroup } from './measure-words.ts'

export const tone: MeasureGroup = {
  title: 'Tone and tuning',
  measures: [
    {
      path: 'spectrum.tiltDbPerOctave',
      name: 'Tilt',
      unit: 'dB/oct',
      decimals: 1,
      signed: true,
      meaning: 'How fast the spectrum falls towards the highs; pink noise has −3, white noise 0.',
      method: 'Slope of the power density from 100 Hz to 10 kHz; ±0.15 on white noise.',
      missing: 'The track is silent.',
      read: (report) => report.spectrum?.tiltDbPerOctave ?? null,
    },
    {
      path: 'spectrum.cutoffHz',
      name: 'Highest frequency',
      unit: 'Hz',
      decimals: 0,
      signed: false,
      meaning: 'Above it there is next to nothing.',
      method: 'Where the power density stays 90 dB below its loudest place, in steps of 250 Hz.',
      missing: 'The track is silent.',
      read: (report) => report.spectrum?.cutoffHz ?? null,
    },
    {
      path: 'tonality.tuningCents',
      name: 'Tuning',
      unit: 'cents',
      decimals: 0,
      signed: true,
      meaning: 'How far the notes lie from A = 440 Hz; a hundred cents are a semitone.',
      method: 'Mean distance of the spectrum’s peaks from the nearest semitone, weighted by their strength.',
      missing: 'No clear notes were found.',
      read: (report) => report.tonality?.tuningCents ?? null,
    },
  ],
}
