import type { Context } from '../context.ts'
import type { Ledger } from './contract.ts'
import { listLedgerRows } from './queries.ts'

const PAGE = 50

/** What was held, counted and given back, newest first; `before` is the id that the page before ended with. */
export async function listLedger(ctx: Context, userId: string, before?: number): Promise<Ledger> {
  const rows = await listLedgerRows(ctx.db, userId, before, PAGE + 1)
  const shown = rows.slice(0, PAGE)
  return {
    entries: shown.map((row) => ({
      id: row.id,
      unit: row.unit,
      unitId: row.unit_id,
      change: row.change,
      reason: row.reason,
      periodStart: row.period_start.toISOString(),
      happenedAt: row.happened_at.toISOString(),
    })),
    nextBefore: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
  }
}
