import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import {
  deleteCustomerDeletion,
  findCustomer,
  insertCustomerDeletion,
  listCustomerDeletions,
} from './queries.ts'

/** In the transaction that deletes an account: its customer at Stripe is marked for deletion. */
export async function forgetCustomer(ctx: Context, tx: Tx, userId: string): Promise<void> {
  const customerId = await findCustomer(tx, userId)
  if (customerId) await insertCustomerDeletion(tx, customerId, ctx.clock.now())
}

/**
 * Stripe has forgotten every customer that is to be forgotten; one that it will not forget keeps no other.
 * @throws the last failure; the next run tries again
 */
export async function deleteForgottenCustomers(ctx: Context): Promise<void> {
  const { stripe } = ctx
  if (!stripe) return
  let failure: unknown
  for (const { customer_id: id } of await listCustomerDeletions(ctx.db))
    try {
      await stripe.deleteCustomer(id)
      await deleteCustomerDeletion(ctx.db, id)
    } catch (error) {
      failure = error
    }
  if (failure) throw failure
}
