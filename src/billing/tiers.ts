import type { BillingInterval, TierName } from './contract.ts'

export interface TierPrice {
  /** Stripe finds the price that is sold now by this key. */
  lookupKey: string
  amountCents: number
}

export interface Tier {
  title: string
  /** Whom it is for, in one sentence. */
  words: string
  analysesPerMonth: number
  messagesPerMonth: number
  maxFileBytes: number
  maxTrackSeconds: number
  /** Reference tracks whose numbers stay for later uploads. */
  maxKeptReferences: number
  /** Days before the first payment, once for each account. */
  trialDays: number
  /** null: costs nothing. */
  prices: Record<BillingInterval, TierPrice> | null
}

const MB = 1_000_000
const MINUTE = 60

/** ISO 4217, as Stripe writes it. */
export const CURRENCY = 'eur'

/** From the smallest to the largest. */
export const tierOrder: readonly TierName[] = ['free', 'pro', 'studio']

/** What each tier allows and costs. The one place: limits, pages, refusals and Stripe's catalogue come from here. */
export const tiers: Record<TierName, Tier> = {
  free: {
    title: 'Free',
    words: 'For a look at a track now and then.',
    analysesPerMonth: 5,
    messagesPerMonth: 30,
    maxFileBytes: 200 * MB,
    maxTrackSeconds: 15 * MINUTE,
    maxKeptReferences: 1,
    trialDays: 0,
    prices: null,
  },
  pro: {
    title: 'Pro',
    words: 'For producers who check every version of a mix.',
    analysesPerMonth: 60,
    messagesPerMonth: 600,
    maxFileBytes: 500 * MB,
    maxTrackSeconds: 30 * MINUTE,
    maxKeptReferences: 10,
    trialDays: 14,
    prices: {
      month: { lookupKey: 'tracksensei_pro_month', amountCents: 900 },
      year: { lookupKey: 'tracksensei_pro_year', amountCents: 9000 },
    },
  },
  studio: {
    title: 'Studio',
    words: 'For studios, long sets and whole albums.',
    analysesPerMonth: 300,
    messagesPerMonth: 3000,
    maxFileBytes: 1000 * MB,
    maxTrackSeconds: 90 * MINUTE,
    maxKeptReferences: 50,
    trialDays: 0,
    prices: {
      month: { lookupKey: 'tracksensei_studio_month', amountCents: 2900 },
      year: { lookupKey: 'tracksensei_studio_year', amountCents: 29_000 },
    },
  },
}

/** Stripe's meters: what of a unit is counted there. */
export const meterNames = { analysis: 'tracksensei_analyses', message: 'tracksensei_messages' } as const

/** Is `tier` above `other`? */
export function isAbove(tier: TierName, other: TierName): boolean {
  return tierOrder.indexOf(tier) > tierOrder.indexOf(other)
}

/** The largest Live set taken; the largest real ones seen are 4 MB. */
export const MAX_SET_BYTES = 64 * MB
