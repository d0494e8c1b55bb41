import { CALIBRATION } from './calibration.ts'
import type { Finding, RuleId, Severity } from './contract.ts'

/** Rules that no planted defect stands for: a guess, said to be one. */
const ESTIMATES: Partial<Record<RuleId, number>> = {
  boxy: 0.35,
  resonance: 0.4,
  'weak-contrast': 0.5,
  'build-over-drop': 0.5,
  'kick-bass-masking': 0.5,
  'tempo-drift': 0.6,
  'off-tuning': 0.7,
  'codec-overshoot': 0.9,
}
const UNKNOWN = 0.5

/**
 * How often a finding of this rule and severity is true: counted on planted defects where they exist.
 * @param counted 0…1, where the rule knows it better
 */
export function confidenceOf(
  rule: RuleId,
  severity: Severity,
  counted = CALIBRATION[rule]?.[severity],
): Pick<Finding, 'confidence' | 'confidenceFrom'> {
  if (counted !== undefined) return { confidence: counted, confidenceFrom: 'planted defects' }
  return { confidence: ESTIMATES[rule] ?? UNKNOWN, confidenceFrom: 'estimate' }
}
