import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import { holdAccount } from './hold-account.ts'
import { findUnitOwner, insertLedgerEntry, insertMeterEvent, settlePeriod, settleUnitRow } from './queries.ts'
import { meterNames } from './tiers.ts'

/** Why a unit was given back, as the ledger tells it. */
export type RefundReason = 'failed' | 'deleted' | 'stopped' | 'refused' | 'interrupted'

async function settle(
  ctx: Context,
  tx: Tx,
  id: string,
  state: 'used' | 'refunded',
  reason: RefundReason | null,
): Promise<void> {
  const now = ctx.clock.now()
  const owner = await findUnitOwner(tx, id)
  if (owner === undefined) return
  await holdAccount(tx, owner)
  const row = await settleUnitRow(tx, id, state, now)
  if (!row) return
  await settlePeriod(tx, row, state)
  const { user_id: userId, unit, period_start: periodStart } = row
  const change = state === 'used' ? 'counted' : 'given-back'
  await insertLedgerEntry(tx, { userId, unit, unitId: id, change, reason, periodStart, now })
  if (state === 'used' && ctx.stripe)
    await insertMeterEvent(tx, {
      identifier: `${unit}:${id}`,
      userId,
      eventName: meterNames[unit],
      happenedAt: now,
    })
}

/** The unit held for `id` counts as used, and Stripe will hear of it; settling twice does nothing. */
export function commitUnit(ctx: Context, tx: Tx, id: string): Promise<void> {
  return settle(ctx, tx, id, 'used', null)
}

/** The unit held for `id` is free again; settling twice does nothing. */
export function refundUnit(ctx: Context, tx: Tx, id: string, reason: RefundReason = 'failed'): Promise<void> {
  return settle(ctx, tx, id, 'refunded', reason)
}
