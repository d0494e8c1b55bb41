import { checkPassword } from '../accounts/check-password.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { eraseAccount } from './erase-account.ts'

/** The person's own account is gone. @throws AppError invalid for a wrong password */
export async function deleteAccount(ctx: Context, actor: Actor, password: string): Promise<void> {
  const user = await checkPassword(ctx, actor, password)
  await eraseAccount(ctx, user.id)
  ctx.log.info('account-deleted')
}
