import type { Context } from '../context.ts'
import type { StripeGateway } from '../platform/stripe/stripe.ts'
import { getBillingUser } from './get-billing-user.ts'
import { insertCustomerDeletion, setCustomer } from './queries.ts'

/** The account's customer at Stripe, made when there is none yet. */
export async function ensureCustomer(ctx: Context, stripe: StripeGateway, userId: string): Promise<string> {
  const { stripe_customer_id: known } = await getBillingUser(ctx.db, userId)
  if (known) return known
  const made = await stripe.createCustomer(userId, ctx.clock.now())
  const customerId = await setCustomer(ctx.db, userId, made)
  // The account went while its customer was being made: that goes too.
  if (customerId === undefined) await insertCustomerDeletion(ctx.db, made, ctx.clock.now())
  return customerId ?? made
}
