import { barsOf } from './bars.ts'
import type { Arrangement, LiveSet } from './contract.ts'
import { timeMapOf } from './time-map.ts'

/** The axes of a set's arrangement: its bars, and where its beats fall in seconds. */
export function arrangementOf(set: LiveSet): Arrangement {
  return { bars: barsOf(set), timeMap: timeMapOf(set) }
}
