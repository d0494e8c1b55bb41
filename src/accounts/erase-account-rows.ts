import type { Context } from '../context.ts'
import { absent } from '../core/errors.ts'
import type { Tx } from '../platform/db/database.ts'
import { endSessions } from './end-sessions.ts'
import { deleteUser, lockUser } from './queries.ts'
import { writeLetter } from './write-letter.ts'

/**
 * Holds the account still: nothing can be added to it until the transaction ends.
 * @throws AppError absent
 */
export async function lockAccount(tx: Tx, userId: string): Promise<void> {
  if (!(await lockUser(tx, userId))) throw absent('account')
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
