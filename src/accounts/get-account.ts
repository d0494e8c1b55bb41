import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError } from '../core/errors.ts'
import type { Account } from './contract.ts'
import { findUser } from './queries.ts'

type User = NonNullable<Awaited<ReturnType<typeof findUser>>>

export function describeAccount(user: User): Account {
  return {
    id: user.id,
    email: user.email,
    displayName: user.display_name,
    isVerified: user.verified_at !== null,
    createdAt: user.created_at.toISOString(),
  }
}

/** @throws AppError unauthenticated when the account was deleted meanwhile */
export async function getAccount(ctx: Context, actor: Actor): Promise<Account> {
  const user = await findUser(ctx.db, actor.userId)
  if (!user) throw new AppError('unauthenticated', 'accounts/not-logged-in', 'Log in first.')
  return describeAccount(user)
}
