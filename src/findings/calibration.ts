import type { RuleId, Severity } from './contract.ts'

/**
 * Share of findings that were true on defects planted into 16 tuning masters, with base rates of 363 tuning tracks. Written by
 * scripts/bench-findings.ts --calibrate. Rules of tone and too-wide know their confidence better, by their score.
 */
export const CALIBRATION: Partial<Record<RuleId, Partial<Record<Severity, number>>>> = {
  clipping: { minor: 0.98, moderate: 0.98, severe: 0.98 },
  'true-peak-over': { minor: 0.98, moderate: 0.98, severe: 0.98 },
  'over-limited': { minor: 0.13, moderate: 0.73, severe: 0.73 },
  'too-quiet': { minor: 0.73, moderate: 0.98, severe: 0.98 },
  'mono-incompatible': { minor: 0.15, moderate: 0.78, severe: 0.78 },
  'inverted-polarity': { severe: 0.8 },
  'side-only-lows': { minor: 0.02, moderate: 0.06, severe: 0.89 },
  imbalance: { minor: 0.27, moderate: 0.31, severe: 0.31 },
  mono: { moderate: 0.98 },
  'too-narrow': { minor: 0.11, moderate: 0.62 },
  'channel-missing': { severe: 0.98 },
  'dc-offset': { minor: 0.62, moderate: 0.87 },
  hum: { minor: 0.09, moderate: 0.3, severe: 0.3 },
  clicks: { minor: 0.06, moderate: 0.81, severe: 0.81 },
  dropouts: { minor: 0.46, moderate: 0.86 },
  'silence-at-ends': { minor: 0.89, moderate: 0.98 },
  'cut-off-ending': { minor: 0.98 },
  'lossy-source': { minor: 0.98, moderate: 0.98, severe: 0.98 },
  'low-bit-depth': { severe: 0.98 },
  'noise-floor': { moderate: 0.78, severe: 0.78 },
}
