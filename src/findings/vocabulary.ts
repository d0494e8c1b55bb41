// Words alone, without any schema: the engine needs them and starts faster without zod.

/** Version of the rules, thresholds and weights: raised whenever the same measures may give other findings. */
export const FINDINGS_VERSION = '1.2.0'

export const RULE_IDS = [
  'clipping',
  'true-peak-over',
  'over-limited',
  'too-quiet',
  'mud',
  'boxy',
  'harsh',
  'sibilant',
  'dull',
  'boomy',
  'thin-low-end',
  'resonance',
  'mono-incompatible',
  'inverted-polarity',
  'side-only-lows',
  'imbalance',
  'mono',
  'too-narrow',
  'too-wide',
  'channel-missing',
  'dc-offset',
  'hum',
  'clicks',
  'dropouts',
  'silence-at-ends',
  'cut-off-ending',
  'lossy-source',
  'low-bit-depth',
  'noise-floor',
  'weak-contrast',
  'build-over-drop',
  'kick-bass-masking',
  'tempo-drift',
  'off-tuning',
  'codec-overshoot',
] as const

export const AREAS = [
  'loudness',
  'tone',
  'low end',
  'stereo',
  'dynamics',
  'technical',
  'arrangement',
] as const
