import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db/database.ts'

export type Unit = 'analysis' | 'message'

/** As findBillingUser, and held until the transaction ends: the account is not deleted in the middle of it. */
export function holdBillingUser(tx: Tx, userId: string) {
  return tx
    .selectFrom('users')
    .select('stripe_customer_id')
    .where('id', '=', userId)
    .forKeyShare()
    .executeTakeFirst()
}

export function findBillingUser(db: Db, userId: string) {
  return db.selectFrom('users').select('stripe_customer_id').where('id', '=', userId).executeTakeFirst()
}

export async function openPeriod(
  tx: Tx,
  period: { userId: string; unit: Unit; start: Date; end: Date; cap: number },
): Promise<void> {
  await tx
    .insertInto('usage_periods')
    .values({
      user_id: period.userId,
      unit: period.unit,
      period_start: period.start,
      period_end: period.end,
      cap: period.cap,
    })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'unit', 'period_start']).doUpdateSet({ cap: sql<number>`excluded.cap` }),
    )
    .execute()
}

/** One conditional update: of any number of parallel callers only as many succeed as are left. */
export async function takeOne(tx: Tx, userId: string, unit: Unit, periodStart: Date): Promise<boolean> {
  const taken = await tx
    .updateTable('usage_periods')
    .set((row) => ({ reserved: row('reserved', '+', 1) }))
    .where('user_id', '=', userId)
    .where('unit', '=', unit)
    .where('period_start', '=', periodStart)
    .where(({ eb }) => eb(eb('used', '+', eb.ref('reserved')), '<', eb.ref('cap')))
    .executeTakeFirst()
  return taken.numUpdatedRows === 1n
}

/** False when this unit of work is reserved or paid for already: a repeat costs nothing. */
export async function insertUnit(
  tx: Tx,
  unit: { id: string; userId: string; unit: Unit; periodStart: Date; now: Date },
): Promise<boolean> {
  const row = await tx
    .insertInto('usage_units')
    .values({
      id: unit.id,
      user_id: unit.userId,
      unit: unit.unit,
      period_start: unit.periodStart,
      state: 'reserved',
      reserved_at: unit.now,
      settled_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          state: 'reserved',
          period_start: unit.periodStart,
          reserved_at: unit.now,
          settled_at: null,
        })
        .where('usage_units.state', '=', 'refunded'),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The unit as it was reserved, or undefined when it is settled already or never was. */
export function settleUnitRow(tx: Tx, id: string, state: 'used' | 'refunded', now: Date) {
  return tx
    .updateTable('usage_units')
    .set({ state, settled_at: now })
    .where('id', '=', id)
    .where('state', '=', 'reserved')
    .returning(['user_id', 'unit', 'period_start'])
    .executeTakeFirst()
}

export async function settlePeriod(
  tx: Tx,
  unit: { user_id: string; unit: Unit; period_start: Date },
  state: 'used' | 'refunded',
): Promise<void> {
  await tx
    .updateTable('usage_periods')
    .set((row) => ({
      reserved: row('reserved', '-', 1),
      used: state === 'used' ? row('used', '+', 1) : row.ref('used'),
    }))
    .where('user_id', '=', unit.user_id)
    .where('unit', '=', unit.unit)
    .where('period_start', '=', unit.period_start)
    .execute()
}

export async function insertLedgerEntry(
  tx: Tx,
  entry: {
    userId: string
    unit: Unit
    unitId: string
    change: 'held' | 'counted' | 'given-back'
    reason: string | null
    periodStart: Date
    now: Date
  },
): Promise<void> {
  await tx
    .insertInto('usage_ledger')
    .values({
      user_id: entry.userId,
      unit: entry.unit,
      unit_id: entry.unitId,
      change: entry.change,
      reason: entry.reason,
      period_start: entry.periodStart,
      happened_at: entry.now,
    })
    .execute()
}

export function listLedgerRows(db: Db, userId: string, before: number | undefined, limit: number) {
  const rows = db
    .selectFrom('usage_ledger')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(limit)
  return (before === undefined ? rows : rows.where('id', '<', before)).execute()
}

export function findPeriods(db: Db, userId: string, start: Date) {
  return db
    .selectFrom('usage_periods')
    .select(['unit', 'used', 'reserved'])
    .where('user_id', '=', userId)
    .where('period_start', '=', start)
    .execute()
}

export function listReservedUnits(db: Db, unit: Unit, reservedBefore: Date) {
  return db
    .selectFrom('usage_units')
    .select('id')
    .where('unit', '=', unit)
    .where('state', '=', 'reserved')
    .where('reserved_at', '<', reservedBefore)
    .limit(500)
    .execute()
}

export async function insertMeterEvent(
  tx: Tx,
  event: { identifier: string; userId: string; eventName: string; happenedAt: Date },
): Promise<void> {
  await tx
    .insertInto('meter_events')
    .values({
      identifier: event.identifier,
      user_id: event.userId,
      event_name: event.eventName,
      happened_at: event.happenedAt,
      first_tried_at: null,
      sent_at: null,
    })
    .onConflict((conflict) => conflict.column('identifier').doNothing())
    .execute()
}

/** What waits to be sent and may be: not tried before `triedSince`, and within the times that Stripe takes. */
export function listUnsentMeterEvents(
  db: Db,
  times: { triedSince: Date; oldest: Date; latest: Date },
  limit: number,
) {
  return db
    .selectFrom('meter_events')
    .selectAll()
    .where('sent_at', 'is', null)
    .where('given_up_at', 'is', null)
    .where((row) => row.or([row('first_tried_at', 'is', null), row('first_tried_at', '>', times.triedSince)]))
    .where('happened_at', '>=', times.oldest)
    .where('happened_at', '<=', times.latest)
    .orderBy('happened_at')
    .orderBy('identifier')
    .limit(limit)
    .execute()
}

/** Tried so long ago that Stripe has forgotten the identifier, and nobody knows whether it was counted. */
export function listDoubtfulMeterEvents(db: Db, triedBefore: Date) {
  return db
    .selectFrom('meter_events')
    .selectAll()
    .where('sent_at', 'is', null)
    .where('given_up_at', 'is', null)
    .where('first_tried_at', '<=', triedBefore)
    .orderBy('happened_at')
    .limit(500)
    .execute()
}

/** How many of a customer's events in a span of time Stripe has counted, as far as is known here. */
export async function countSent(
  db: Db,
  of: { userId: string; eventName: string; start: Date; end: Date },
): Promise<number> {
  const row = await db
    .selectFrom('meter_events')
    .select((row) => row.fn.countAll<number>().as('sent'))
    .where('user_id', '=', of.userId)
    .where('event_name', '=', of.eventName)
    .where('sent_at', 'is not', null)
    .where('happened_at', '>=', of.start)
    .where('happened_at', '<', of.end)
    .executeTakeFirstOrThrow()
  return Number(row.sent)
}

/** To be sent again, under an identifier that Stripe does not know. */
export async function resendMeterEvent(db: Db, identifier: string): Promise<void> {
  await db
    .updateTable('meter_events')
    .set((row) => ({ first_tried_at: null, resends: row('resends', '+', 1) }))
    .where('identifier', '=', identifier)
    .execute()
}

/** Stripe takes nothing this old. @returns how many were given up */
export async function giveUpMeterEvents(db: Db, happenedBefore: Date, now: Date): Promise<number> {
  const gone = await db
    .updateTable('meter_events')
    .set({ given_up_at: now })
    .where('sent_at', 'is', null)
    .where('given_up_at', 'is', null)
    .where('happened_at', '<', happenedBefore)
    .executeTakeFirst()
  return Number(gone.numUpdatedRows)
}

/** Who used what in a span of time, with how much of it Stripe has counted as far as is known here. */
export function listSentByCustomer(db: Db, start: Date, end: Date) {
  return db
    .selectFrom('meter_events')
    .innerJoin('users', 'users.id', 'meter_events.user_id')
    .select(['meter_events.user_id', 'meter_events.event_name', 'users.stripe_customer_id'])
    .select((row) => [
      row.fn.count<number>('meter_events.sent_at').as('sent'),
      row.fn.max('meter_events.sent_at').as('last_sent_at'),
    ])
    .where('users.stripe_customer_id', 'is not', null)
    .where('happened_at', '>=', start)
    .where('happened_at', '<', end)
    .groupBy(['meter_events.user_id', 'meter_events.event_name', 'users.stripe_customer_id'])
    .execute()
}

export async function countUnsent(db: Db): Promise<{ waiting: number; givenUp: number }> {
  const row = await db
    .selectFrom('meter_events')
    .select((row) => [
      row.fn.countAll<number>().as('all'),
      row.fn.count<number>('given_up_at').as('given_up'),
    ])
    .where('sent_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { waiting: Number(row.all) - Number(row.given_up), givenUp: Number(row.given_up) }
}

export async function findUnitOwner(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.selectFrom('usage_units').select('user_id').where('id', '=', id).executeTakeFirst()
  return row?.user_id
}

export async function markMeterEventTried(db: Db, identifier: string, now: Date): Promise<void> {
  await db
    .updateTable('meter_events')
    .set({ first_tried_at: now })
    .where('identifier', '=', identifier)
    .where('first_tried_at', 'is', null)
    .execute()
}

export async function markMeterEventSent(db: Db, identifier: string, now: Date): Promise<void> {
  await db.updateTable('meter_events').set({ sent_at: now }).where('identifier', '=', identifier).execute()
}

/** The first customer stays: whoever comes later with another one gets the first. Undefined for a deleted account. */
export async function setCustomer(db: Db, userId: string, customerId: string): Promise<string | undefined> {
  const row = await db
    .updateTable('users')
    .set({ stripe_customer_id: sql<string>`coalesce(stripe_customer_id, ${customerId})` })
    .where('id', '=', userId)
    .returning('stripe_customer_id')
    .executeTakeFirst()
  return row ? (row.stripe_customer_id ?? customerId) : undefined
}

export async function hasStripeEvent(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('stripe_events').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}

/** True when this event is new; Stripe delivers each at least once. */
export async function insertStripeEvent(
  db: Db | Tx,
  event: { id: string; type: string; createdAt: Date; receivedAt: Date },
): Promise<boolean> {
  const row = await db
    .insertInto('stripe_events')
    .values({ id: event.id, type: event.type, created_at: event.createdAt, received_at: event.receivedAt })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function findCustomer(tx: Tx, userId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('users')
    .select('stripe_customer_id')
    .where('id', '=', userId)
    .executeTakeFirst()
  return row?.stripe_customer_id ?? null
}

export async function insertCustomerDeletion(db: Db | Tx, customerId: string, now: Date): Promise<void> {
  await db
    .insertInto('stripe_customer_deletions')
    .values({ customer_id: customerId, due_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export function listCustomerDeletions(db: Db) {
  return db.selectFrom('stripe_customer_deletions').select('customer_id').limit(200).execute()
}

export async function deleteCustomerDeletion(db: Db, customerId: string): Promise<void> {
  await db.deleteFrom('stripe_customer_deletions').where('customer_id', '=', customerId).execute()
}

/** False when the account has used this key before. */
export async function insertRequestKey(
  tx: Tx,
  claim: { userId: string; key: string; fingerprint: string; resultId: string; now: Date },
): Promise<boolean> {
  const row = await tx
    .insertInto('request_keys')
    .values({
      user_id: claim.userId,
      key: claim.key,
      fingerprint: claim.fingerprint,
      result_id: claim.resultId,
      created_at: claim.now,
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  return row !== undefined
}

export function findRequestKeyRow(db: Db | Tx, userId: string, key: string) {
  return db
    .selectFrom('request_keys')
    .select(['fingerprint', 'result_id'])
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .executeTakeFirst()
}

export async function deleteRequestKeys(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('request_keys').where('created_at', '<=', before).execute()
}
