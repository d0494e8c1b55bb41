import type { Finding, RuleId } from './contract.ts'
import { weigh } from './weigh.ts'

const MOST = 3
/** A minor finding that is more likely wrong than right is no priority. */
const SURE = 0.5
/** Music often has by itself what is less sure than this. */
const LEAST = 0.35

const doubtful = ({ confidence }: Finding) => Number(confidence < SURE)

/**
 * What to see to first: at most three, the weightiest, and what is more likely wrong than right behind the rest. Nothing
 * doubtful is made a priority to fill the list.
 */
export function choosePriorities(findings: readonly Finding[]): RuleId[] {
  return findings
    .filter(({ severity, confidence }) => confidence >= (severity === 'minor' ? SURE : LEAST))
    .toSorted((a, b) => doubtful(a) - doubtful(b) || weigh(b) - weigh(a))
    .slice(0, MOST)
    .map(({ rule }) => rule)
}
