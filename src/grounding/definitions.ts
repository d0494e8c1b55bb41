import type { ToldText } from './tell-findings.ts'

/** Numbers that belong to what a measure is, not to what was measured: an answer may explain them. */
export const DEFINITIONS: readonly ToldText[] = [
  { path: 'stereo.lowSideDb', text: 'side over mid from 20 to 120 Hz', kind: 'words' },
  { path: 'loudness.shortTermMaxLufs', text: 'the loudest 3 s', kind: 'words' },
  { path: 'loudness.momentaryMaxLufs', text: 'the loudest 400 ms', kind: 'words' },
  { path: 'dynamics.psrMinDb', text: 'the densest 3 s', kind: 'words' },
  { path: 'spectrum.lowEnd', text: 'below 200 Hz', kind: 'words' },
  { path: 'spectrum.lowEnd.subDb', text: '20 to 60 Hz', kind: 'words' },
  { path: 'spectrum.lowEnd.kickDb', text: 'strokes under 200 Hz', kind: 'words' },
  { path: 'spectrum.lowEnd.bassDb', text: 'held under 200 Hz', kind: 'words' },
  { path: 'comparison.lowEnd', text: 'below 120 Hz', kind: 'words' },
  { path: 'tonality.tuningCents', text: 'against A = 440 Hz', kind: 'words' },
]
