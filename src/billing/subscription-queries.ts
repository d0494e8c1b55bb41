import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db/database.ts'
import type { Mirror } from './standing.ts'

export function findAccountOfCustomer(db: Db, customerId: string) {
  return db.selectFrom('users').select('id').where('stripe_customer_id', '=', customerId).executeTakeFirst()
}

/** The account's row as it was granted and as Stripe said last; undefined for a deleted account. */
export function findBilling(db: Db | Tx, userId: string) {
  return db
    .selectFrom('users')
    .leftJoin('subscriptions', 'subscriptions.user_id', 'users.id')
    .select([
      'users.tier as granted_tier',
      'users.stripe_customer_id',
      'subscriptions.subscription_id',
      'subscriptions.tier',
      'subscriptions.billing_interval',
      'subscriptions.status',
      'subscriptions.period_start',
      'subscriptions.period_end',
      'subscriptions.anchored_at',
      'subscriptions.cancel_at',
      'subscriptions.trial_ends_at',
      'subscriptions.past_due_since',
      'subscriptions.is_disputed',
      'subscriptions.next_tier',
      'subscriptions.next_interval',
      'subscriptions.next_at',
    ])
    .where('users.id', '=', userId)
    .executeTakeFirst()
}

/** A number for a reading that begins now; larger than that of every reading that began before. */
export async function drawReading(db: Db, userId: string): Promise<number> {
  const row = await db
    .insertInto('subscriptions')
    .values({ user_id: userId, drawn_reading: 1 })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet({ drawn_reading: sql<number>`subscriptions.drawn_reading + 1` }),
    )
    .returning('drawn_reading')
    .executeTakeFirstOrThrow()
  return row.drawn_reading
}

const nothing = {
  subscription_id: null,
  tier: null,
  billing_interval: null,
  status: 'none',
  period_start: null,
  period_end: null,
  anchored_at: null,
  cancel_at: null,
  trial_ends_at: null,
  past_due_since: null,
  is_disputed: false,
  next_tier: null,
  next_interval: null,
  next_at: null,
}

function rowOf(mirror: Mirror | undefined) {
  if (!mirror) return nothing
  return {
    subscription_id: mirror.subscriptionId,
    tier: mirror.tier,
    billing_interval: mirror.interval,
    status: mirror.status,
    period_start: mirror.period.start,
    period_end: mirror.period.end,
    anchored_at: mirror.anchor,
    cancel_at: mirror.cancelAt,
    trial_ends_at: mirror.trialEndsAt,
    past_due_since: mirror.pastDueSince,
    is_disputed: mirror.isDisputed,
    next_tier: mirror.next?.tier ?? null,
    next_interval: mirror.next?.interval ?? null,
    next_at: mirror.next?.at ?? null,
  }
}

/** False when a later reading was here first, or the account is gone. */
export async function applyReading(
  tx: Tx,
  userId: string,
  reading: { number: number; readAt: Date; mirror: Mirror | undefined },
): Promise<boolean> {
  const { number, readAt, mirror } = reading
  const applied = await tx
    .updateTable('subscriptions')
    .set({ ...rowOf(mirror), applied_reading: number, read_at: readAt, read_due_at: null })
    .where('user_id', '=', userId)
    .where('applied_reading', '<', number)
    .executeTakeFirst()
  return applied.numUpdatedRows === 1n
}

/** The customer is gone at Stripe; a newer one of this account stays. */
export async function unlinkCustomer(tx: Tx, userId: string, customerId: string): Promise<void> {
  await tx
    .updateTable('users')
    .set({ stripe_customer_id: null })
    .where('id', '=', userId)
    .where('stripe_customer_id', '=', customerId)
    .execute()
}

export async function markReadingDue(db: Db, userId: string, now: Date): Promise<void> {
  await db
    .insertInto('subscriptions')
    .values({ user_id: userId, read_due_at: now })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ read_due_at: sql<Date>`coalesce(subscriptions.read_due_at, ${now})` }),
    )
    .execute()
}

/** Customers to be read again: something changed while Stripe was away, or a period ended without news since. */
export function listDueReadings(db: Db, now: Date, quietSince: Date) {
  return db
    .selectFrom('subscriptions')
    .innerJoin('users', 'users.id', 'subscriptions.user_id')
    .select('users.stripe_customer_id')
    .where('users.stripe_customer_id', 'is not', null)
    .where((row) =>
      row.or([
        row('read_due_at', '<=', now),
        row.and([
          row('status', 'in', ['active', 'trialing', 'past_due']),
          row('period_end', '<=', now),
          row('read_at', '<', quietSince),
        ]),
      ]),
    )
    .limit(200)
    .execute()
}

export async function listLinkedCustomers(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .innerJoin('users', 'users.id', 'subscriptions.user_id')
    .select('users.stripe_customer_id')
    .where('users.stripe_customer_id', 'is not', null)
    .execute()
  return rows.flatMap(({ stripe_customer_id: id }) => id ?? [])
}

/** True for one caller at a time; a process that died holds it until `until`. */
export async function takeCheckout(db: Db, userId: string, now: Date, until: Date): Promise<boolean> {
  const taken = await db
    .insertInto('subscriptions')
    .values({ user_id: userId, checkout_busy_until: until })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ checkout_busy_until: until })
        .where((row) =>
          row.or([
            row('subscriptions.checkout_busy_until', 'is', null),
            row('subscriptions.checkout_busy_until', '<=', now),
          ]),
        ),
    )
    .returning('user_id')
    .executeTakeFirst()
  return taken !== undefined
}

export async function releaseCheckout(db: Db, userId: string): Promise<void> {
  await db
    .updateTable('subscriptions')
    .set({ checkout_busy_until: null })
    .where('user_id', '=', userId)
    .execute()
}

export async function findGrantedTier(db: Db, userId: string) {
  return db.selectFrom('users').select('tier').where('id', '=', userId).executeTakeFirst()
}

export async function setGrantedTier(db: Db, userId: string, tier: 'free' | 'pro' | 'studio'): Promise<void> {
  await db.updateTable('users').set({ tier }).where('id', '=', userId).execute()
}
