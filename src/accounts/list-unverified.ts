import type { Context } from '../context.ts'
import { after } from '../core/clock.ts'
import { periods } from '../privacy/periods.ts'
import { listUnverifiedSince } from './queries.ts'

/** Accounts whose address nobody confirmed in time. */
export async function listUnverified(ctx: Context): Promise<string[]> {
  const before = after(ctx.clock.now(), -periods.unverifiedAccountMs)
  return (await listUnverifiedSince(ctx.db, before)).map((row) => row.id)
}
