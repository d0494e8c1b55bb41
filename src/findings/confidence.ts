import { CALIBRATION } from './calibration.ts'
import type { Finding, RuleId, Severity } from './contract.ts'

/**
 * Rules that no planted defect stands for: a guess, said to be one. Low where the rule fires on finished music, which
 * mostly means it so.
 */
const ESTIMATES: Partial<Record<RuleId, number>> = {
  boxy: 0.2,
  resonance: 0.15,
  'weak-contrast': 0.3,
  'build-over-drop': 0.4,
  'kick-bass-masking': 0.25,
  'tempo-drift': 0.4,
  'off-tuning': 0.25,
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
