import type { RuleId, Severity } from './contract.ts'

/**
 * Share of findings that were true on defects planted into 6 tuning masters, with base rates of 199 tuning tracks. Written by
 * scripts/bench-findings.ts --calibrate. Rules of tone know their confidence better, by their score.
 */
export const CALIBRATION: Partial<Record<RuleId, Partial<Record<Severity, number>>>> = {
  clipping: { moderate: 0.98, severe: 0.98 },
  'true-peak-over': { moderate: 0.98 },
  'over-limited': { minor: 0.54, moderate: 0.85, severe: 0.78 },
  'too-quiet': { minor: 0.61, moderate: 0.98, severe: 0.97 },
  mud: { minor: 0.28 },
  harsh: { minor: 0.39 },
  sibilant: { minor: 0.24, moderate: 0.87, severe: 0.44 },
  dull: { minor: 0.32 },
  boomy: { minor: 0.19 },
  'thin-low-end': { minor: 0.21 },
  'mono-incompatible': { minor: 0.37, moderate: 0.89, severe: 0.85 },
  'inverted-polarity': { severe: 0.78 },
  'side-only-lows': { moderate: 0.14, severe: 0.91 },
  imbalance: { minor: 0.35, moderate: 0.75 },
  mono: { moderate: 0.98 },
  'too-narrow': { minor: 0.47, moderate: 0.56 },
  'too-wide': { minor: 0.21, moderate: 0.74, severe: 0.58 },
  'channel-missing': { severe: 0.98 },
  'dc-offset': { minor: 0.69, moderate: 0.95 },
  hum: { minor: 0.27, moderate: 0.7 },
  clicks: { minor: 0.26, moderate: 0.82, severe: 0.93 },
  dropouts: { moderate: 0.95 },
  'silence-at-ends': { minor: 0.98, moderate: 0.98 },
  'cut-off-ending': { minor: 0.98 },
  'lossy-source': { moderate: 0.98, severe: 0.98 },
  'low-bit-depth': { severe: 0.98 },
  'noise-floor': { moderate: 0.8, severe: 0.98 },
}
