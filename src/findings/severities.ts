import type { Severity } from './contract.ts'

/** From the lightest. */
export const SEVERITIES = ['minor', 'moderate', 'severe'] as const satisfies Severity[]
