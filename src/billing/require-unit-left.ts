import type { Usage } from './contract.ts'
import type { Unit } from './queries.ts'
import { spentError } from './reserve-unit.ts'

/** Refuses early when nothing is left; the reservation itself decides. @throws AppError spent */
export function requireUnitLeft(usage: Usage, unit: Unit): void {
  const meter = unit === 'analysis' ? usage.analyses : usage.messages
  if (meter.remaining === 0) throw spentError(unit, meter.limit, new Date(usage.resetsAt))
}
