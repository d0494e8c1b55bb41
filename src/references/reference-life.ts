import { after } from '../core/clock.ts'
import { periods } from '../privacy/periods.ts'

/** A kept reference is a result: it goes like every other, but counted from its last use. */
export function referenceExpiry(now: Date): Date {
  return after(now, periods.keptReferenceMs)
}
