import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import { referenceErrors } from './errors.ts'
import { touchReference } from './queries.ts'
import { referenceExpiry } from './reference-life.ts'

/**
 * The reference counts as used now, which keeps it for another 30 days.
 * @returns its name
 * @throws AppError invalid when it is not kept (any more), or somebody else's
 */
export async function markReferenceUsed(ctx: Context, tx: Tx, userId: string, id: string): Promise<string> {
  const now = ctx.clock.now()
  const name = await touchReference(tx, userId, id, { now, expiresAt: referenceExpiry(now) })
  if (name === undefined) throw referenceErrors.unknown()
  return name
}
