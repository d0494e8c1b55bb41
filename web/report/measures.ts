import type { Report } from '../../src/report/contract.ts'
import { formatNumber } from '../ui/format.ts'

export interface MeasureWords {
  /** Its path in the report: also its place on the page, for links from the chat. */
  path: string
  name: string
  unit: string
  decimals: number
  signed: boolean
  meaning: string
  method: string
  /** What it says that there is no value. */
  missing: string
  read: (report: Report) => number | null
  /** How sure the value is and what it could be instead; null where nothing speaks against it. */
  doubt?: (report: Report) => { isLikelyWrong: boolean; words: string } | null
}

export interface MeasureGroup {
  title: string
  measures: readonly MeasureWords[]
}

const SILENT = 'Nothing was loud enough to measure.'

const loudness: MeasureGroup = {
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

const peaks: MeasureGroup = {
  title: 'Peaks',
  measures: [
    {
      path: 'peaks.truePeakDbtp',
      name: 'True peak',
      unit: 'dBTP',
      decimals: 1,
      signed: true,
      meaning: 'The highest point of the wave between the samples: what a converter or an encoder will meet.',
      method: 'ITU-R BS.1770 Annex 2: oversampled at least four times, the highest of all channels.',
      missing: 'The track is silent.',
      read: (report) => report.peaks?.truePeakDbtp ?? null,
    },
    {
      path: 'peaks.samplePeakDbfs',
      name: 'Sample peak',
      unit: 'dBFS',
      decimals: 1,
      signed: true,
      meaning: 'The highest sample as it stands in the file; 0 is full scale.',
      method: 'The largest absolute sample value of all channels.',
      missing: 'The track is silent.',
      read: (report) => report.peaks?.samplePeakDbfs ?? null,
    },
    {
      path: 'peaks.clips',
      name: 'Clipped places',
      unit: '',
      decimals: 0,
      signed: false,
      meaning: 'Places where the wave is cut off flat at full scale.',
      method: 'Three or more neighbouring samples at full scale; a place ends after 100 ms without.',
      missing: 'Not counted by the version that measured this track.',
      read: (report) => report.peaks?.clips?.count ?? null,
    },
    {
      path: 'peaks.overs',
      name: 'Peaks between samples',
      unit: '',
      decimals: 0,
      signed: false,
      meaning: 'Places where the wave exceeds full scale although no sample is cut off.',
      method: 'ITU-R BS.1770 Annex 2: true peak above 0 dBTP; a place ends after 100 ms without.',
      missing: 'Not counted by the version that measured this track.',
      read: (report) => report.peaks?.overs?.count ?? null,
    },
  ],
}

const dynamics: MeasureGroup = {
  title: 'Dynamics',
  measures: [
    {
      path: 'dynamics.plrDb',
      name: 'Peak to loudness',
      unit: 'dB',
      decimals: 1,
      signed: false,
      meaning: 'How far peaks stand out over the whole. Limiting makes it smaller.',
      method: 'PLR: true peak minus integrated loudness.',
      missing: SILENT,
      read: (report) => report.dynamics?.plrDb ?? null,
    },
    {
      path: 'dynamics.crestDb',
      name: 'Crest factor',
      unit: 'dB',
      decimals: 1,
      signed: false,
      meaning: 'Peak against average level: punch, before the ear’s own weighting.',
      method: 'Sample peak minus the RMS of the whole track.',
      missing: 'The track is silent.',
      read: (report) => report.dynamics?.crestDb ?? null,
    },
    {
      path: 'dynamics.psrMinDb',
      name: 'Peak to short-term, lowest',
      unit: 'dB',
      decimals: 1,
      signed: false,
      meaning: 'The flattest three seconds: where the limiter works hardest.',
      method: 'PSR: true peak minus short-term loudness, the lowest of all windows of 3 s.',
      missing: 'The track is silent or shorter than 3 s.',
      read: (report) => report.dynamics?.psrMinDb ?? null,
    },
    {
      path: 'dynamics.rmsDbfs',
      name: 'Average level',
      unit: 'dBFS',
      decimals: 1,
      signed: true,
      meaning: 'The level of the whole, before the ear’s own weighting.',
      method: 'RMS of all samples of all channels; a full-scale sine has −3.01.',
      missing: 'The track is silent.',
      read: (report) => report.dynamics?.rmsDbfs ?? null,
    },
    {
      path: 'dynamics.drDb',
      name: 'Dynamic range (TT)',
      unit: 'dB',
      decimals: 1,
      signed: false,
      meaning: 'How far peaks stand over the loudest fifth of the track; known from DR databases.',
      method:
        'TT dynamic range: second highest peak of 3 s blocks over the RMS of their loudest fifth, mean of the channels.',
      missing: 'The track is silent or shorter than 6 s.',
      read: (report) => report.dynamics?.drDb ?? null,
    },
  ],
}

const stereo: MeasureGroup = {
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
  ],
}

const tone: MeasureGroup = {
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

/** Below this the tempo is a guess, and said to be one. */
const SURE_ENOUGH = 0.7

const percent = (share: number) => `${formatNumber(share * 100, 0)} %`

function tempoDoubt(report: Report): ReturnType<NonNullable<MeasureWords['doubt']>> {
  if (report.rhythm === null || report.rhythm === undefined) return null
  const { confidence, alternatives } = report.rhythm
  const others = alternatives.map(
    (other) => `${formatNumber(other.tempoBpm, 1)} BPM (${percent(other.confidence)})`,
  )
  const instead = others.length === 0 ? '' : ` It could also be ${others.join(' or ')}.`
  return { isLikelyWrong: confidence < SURE_ENOUGH, words: `${percent(confidence)} sure.${instead}` }
}

const rhythm: MeasureGroup = {
  title: 'Rhythm',
  measures: [
    {
      path: 'rhythm.tempoBpm',
      name: 'Tempo',
      unit: 'BPM',
      decimals: 1,
      signed: false,
      meaning: 'How fast the beat is, heard from the audio alone.',
      method:
        'From the repeating onsets of the whole track; a Live set that fits, or you, may know it better: see Tempo and key.',
      missing: 'Nothing in the track repeats clearly enough.',
      read: (report) => report.rhythm?.tempoBpm ?? null,
      doubt: tempoDoubt,
    },
  ],
}

/** The numbers of an audio report in the order they are shown. */
export const measureGroups: readonly MeasureGroup[] = [loudness, peaks, dynamics, stereo, tone, rhythm]

const labels = new Map(
  measureGroups.flatMap((group) => group.measures.map((measure) => [measure.path, measure.name] as const)),
)

const PART_LABELS: Record<string, string> = {
  source: 'The file',
  spectrum: 'Balance',
  set: 'Live set',
  loudness: 'Loudness',
  peaks: 'Peaks',
  dynamics: 'Dynamics',
  stereo: 'Stereo',
  rhythm: 'Rhythm',
  delivery: 'Where it plays',
  codecs: 'After a codec',
  faults: 'Faults',
  tonality: 'Key',
  structure: 'Sections',
  comparison: 'Against the reference',
}

/** The name under which the page shows what a path of the report points at. */
export function measureLabel(path: string): string {
  return labels.get(path) ?? PART_LABELS[path.split(/[.[]/)[0] ?? ''] ?? path
}
