import { AppError } from '../core/errors.ts'
import type { Db, Tx } from '../platform/db/database.ts'
import { type Mirror, type Standing, standingOf } from './standing.ts'
import { findBilling } from './subscription-queries.ts'

type Row = NonNullable<Awaited<ReturnType<typeof findBilling>>>

function mirrorOf(row: Row): Mirror | undefined {
  const { subscription_id, tier, billing_interval, status, period_start, period_end, anchored_at } = row
  if (
    !subscription_id ||
    !tier ||
    !billing_interval ||
    !status ||
    !period_start ||
    !period_end ||
    !anchored_at
  )
    return undefined
  const { next_tier, next_interval, next_at } = row
  return {
    subscriptionId: subscription_id,
    tier,
    interval: billing_interval,
    status,
    period: { start: period_start, end: period_end },
    anchor: anchored_at,
    cancelAt: row.cancel_at,
    trialEndsAt: row.trial_ends_at,
    pastDueSince: row.past_due_since,
    isDisputed: row.is_disputed ?? false,
    next:
      next_tier && next_interval && next_at
        ? { tier: next_tier, interval: next_interval, at: next_at }
        : null,
  }
}

export interface Account {
  standing: Standing
  mirror: Mirror | undefined
  customerId: string | null
}

/** @throws AppError unauthenticated when the account was deleted meanwhile */
export async function findAccount(db: Db | Tx, userId: string, now: Date): Promise<Account> {
  const row = await findBilling(db, userId)
  if (!row) throw new AppError('unauthenticated', 'accounts/not-logged-in', 'Log in first.')
  const mirror = mirrorOf(row)
  return { standing: standingOf(row.granted_tier, mirror, now), mirror, customerId: row.stripe_customer_id }
}
