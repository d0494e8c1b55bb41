import { periods } from '../privacy/periods.ts'

export const RAW_LIFE_MS = periods.failedRawFileMs

/** Files nobody has claimed: an upload that is still arriving may be this old, then it is an orphan. */
export const ORPHAN_AGE_MS = periods.orphanedRawFileMs
