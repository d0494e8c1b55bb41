import { listHeldUnits } from '../billing/list-held-units.ts'
import { refundUnit } from '../billing/settle-unit.ts'
import type { Context } from '../context.ts'
import { after, MINUTE_MS } from '../core/clock.ts'
import { listUnfinished } from './queries.ts'

/** Long enough for whoever is about to write the row. */
const HELD_TOO_LONG_MS = 10 * MINUTE_MS

/** Units held for an analysis that nobody works on any more, or that is not there, are given back. */
export async function refundLostAnalyses(ctx: Context): Promise<void> {
  const held = await listHeldUnits(ctx, 'analysis', after(ctx.clock.now(), -HELD_TOO_LONG_MS))
  const unfinished = await listUnfinished(ctx.db, held)
  for (const id of held)
    if (!unfinished.has(id))
      await ctx.db.transaction().execute((tx) => refundUnit(ctx, tx, id, 'interrupted'))
}
