import { AppError } from '../core/errors.ts'
import type { Db, Tx } from '../platform/db/database.ts'
import { findBillingUser, holdBillingUser } from './queries.ts'

type User = NonNullable<Awaited<ReturnType<typeof findBillingUser>>>

function present(user: User | undefined): User {
  if (!user) throw new AppError('unauthenticated', 'accounts/not-logged-in', 'Log in first.')
  return user
}

/** @throws AppError unauthenticated when the account was deleted meanwhile */
export async function getBillingUser(db: Db, userId: string): Promise<User> {
  return present(await findBillingUser(db, userId))
}

/** The same, held until the transaction ends: whoever deletes the account waits, or was first. */
export async function getHeldBillingUser(tx: Tx, userId: string): Promise<User> {
  return present(await holdBillingUser(tx, userId))
}
