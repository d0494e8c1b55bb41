import type { Finding, Severity } from './contract.ts'

const SEVERITY_WEIGHTS: Record<Severity, number> = { minor: 1, moderate: 3, severe: 7 }

/** How much a finding matters: its severity, by how sure it is. */
export function weigh({ severity, confidence }: Pick<Finding, 'severity' | 'confidence'>): number {
  return SEVERITY_WEIGHTS[severity] * confidence
}
