import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import type { Tx } from '../platform/db/database.ts'
import { endSessions } from './end-sessions.ts'
import { deleteUser, lockUser } from './queries.ts'
import { writeLetter } from './write-letter.ts'

/**
 * Holds the account still: nothing can be added to it until the transaction ends.
 * @throws AppError unauthenticated when it is gone already
 */
export async function lockAccount(tx: Tx, userId: string): Promise<void> {
  if (!(await lockUser(tx, userId)))
    throw new AppError('unauthenticated', 'accounts/not-logged-in', 'Log in first.')
}

/**
 * The account and every row that belongs to it are gone; its streams end. A last letter says so to an address that was
 * confirmed.
 */
export async function eraseAccountRows(ctx: Context, tx: Tx, userId: string): Promise<void> {
  await endSessions(tx, userId)
  const user = await deleteUser(tx, userId)
  if (user?.verified_at) await writeLetter(ctx, tx, { kind: 'account-deleted', address: user.email })
}
