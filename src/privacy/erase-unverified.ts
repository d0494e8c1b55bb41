import { listUnverified } from '../accounts/list-unverified.ts'
import type { Context } from '../context.ts'
import { eraseAccount } from './erase-account.ts'

/** Accounts that nobody confirmed within 7 days are gone. */
export async function eraseUnverified(ctx: Context): Promise<void> {
  for (const userId of await listUnverified(ctx)) await eraseAccount(ctx, userId)
}
