import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import { insertMeterEvent, settlePeriod, settleUnitRow, type Unit } from './queries.ts'

const eventNameOf: Record<Unit, string> = {
  analysis: 'tracksensei_analyses',
  message: 'tracksensei_messages',
}

async function settle(ctx: Context, tx: Tx, id: string, state: 'used' | 'refunded'): Promise<void> {
  const now = ctx.clock.now()
  const unit = await settleUnitRow(tx, id, state, now)
  if (!unit) return
  await settlePeriod(tx, unit, state)
  if (state === 'used' && ctx.stripe)
    await insertMeterEvent(tx, {
      identifier: `${unit.unit}:${id}`,
      userId: unit.user_id,
      eventName: eventNameOf[unit.unit],
      happenedAt: now,
    })
}

/** The unit held for `id` counts as used, and Stripe will hear of it; settling twice does nothing. */
export function commitUnit(ctx: Context, tx: Tx, id: string): Promise<void> {
  return settle(ctx, tx, id, 'used')
}

/** The unit held for `id` is free again; settling twice does nothing. */
export function refundUnit(ctx: Context, tx: Tx, id: string): Promise<void> {
  return settle(ctx, tx, id, 'refunded')
}
