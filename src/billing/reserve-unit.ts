import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import type { Tx } from '../platform/db/database.ts'
import { findAccount } from './find-standing.ts'
import { getHeldBillingUser } from './get-billing-user.ts'
import { insertLedgerEntry, insertUnit, openPeriod, takeOne, type Unit } from './queries.ts'
import { tiers } from './tiers.ts'

const capOf = { analysis: 'analysesPerMonth', message: 'messagesPerMonth' } as const
const codeOf = { analysis: 'billing/analyses-spent', message: 'billing/messages-spent' } as const
const wordOf = { analysis: 'analyses', message: 'messages' } as const

export function spentError(unit: Unit, cap: number, resetsAt: Date): AppError {
  const day = resetsAt.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return new AppError(
    'spent',
    codeOf[unit],
    `Your plan's ${cap} ${wordOf[unit]} for this month are used up. They are back on ${day} (UTC).`,
    { limit: cap, resetsAt },
  )
}

/**
 * One unit of the quota is held for the work `id` until it is settled. Reserving the same work again costs nothing.
 * @throws AppError spent with the limit and the reset date.
 */
export async function reserveUnit(
  ctx: Context,
  tx: Tx,
  userId: string,
  unit: Unit,
  id: string,
): Promise<void> {
  const now = ctx.clock.now()
  await getHeldBillingUser(tx, userId)
  const { tier, period } = (await findAccount(tx, userId, now)).standing
  const { start, end } = period
  const cap = tiers[tier][capOf[unit]]
  await openPeriod(tx, { userId, unit, start, end, cap })
  if (!(await insertUnit(tx, { id, userId, unit, periodStart: start, now }))) return
  if (!(await takeOne(tx, userId, unit, start))) throw spentError(unit, cap, end)
  const entry = { userId, unit, unitId: id, change: 'held', reason: null, periodStart: start, now } as const
  await insertLedgerEntry(tx, entry)
}
