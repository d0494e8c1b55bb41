import type { Tx } from '../platform/db/database.ts'
import { holdBillingUser } from './queries.ts'

/**
 * The account cannot be deleted before this transaction ends. Whoever settles a unit takes this first: deleting an
 * account locks it before all that hangs on it, and two that come from different ends would wait for each other.
 */
export async function holdAccount(tx: Tx, userId: string): Promise<void> {
  await holdBillingUser(tx, userId)
}
