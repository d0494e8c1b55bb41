import type { TierName } from './contract.ts'

export interface Tier {
  title: string
  analysesPerMonth: number
  messagesPerMonth: number
  maxFileBytes: number
  maxTrackSeconds: number
  /** Reference tracks whose numbers stay for later uploads. */
  maxKeptReferences: number
}

const MB = 1_000_000
const MINUTE = 60

/** What each tier allows. The one place: limits, pages and refusals read it from here. */
export const tiers: Record<TierName, Tier> = {
  free: {
    title: 'Free',
    analysesPerMonth: 5,
    messagesPerMonth: 30,
    maxFileBytes: 200 * MB,
    maxTrackSeconds: 15 * MINUTE,
    maxKeptReferences: 1,
  },
  pro: {
    title: 'Pro',
    analysesPerMonth: 60,
    messagesPerMonth: 600,
    maxFileBytes: 500 * MB,
    maxTrackSeconds: 30 * MINUTE,
    maxKeptReferences: 10,
  },
  studio: {
    title: 'Studio',
    analysesPerMonth: 300,
    messagesPerMonth: 3000,
    maxFileBytes: 1000 * MB,
    maxTrackSeconds: 90 * MINUTE,
    maxKeptReferences: 50,
  },
}

/** The largest Live set taken; the largest real ones seen are 4 MB. */
export const MAX_SET_BYTES = 64 * MB
