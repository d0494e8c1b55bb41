import type { Context } from '../context.ts'
import { listReservedUnits, type Unit } from './queries.ts'

/** Ids of the work whose unit has been held since before `heldSince`. */
export async function listHeldUnits(ctx: Context, unit: Unit, heldSince: Date): Promise<string[]> {
  return (await listReservedUnits(ctx.db, unit, heldSince)).map((row) => row.id)
}
