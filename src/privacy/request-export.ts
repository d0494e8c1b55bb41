import { checkPassword } from '../accounts/check-password.ts'
import { lockAccount } from '../accounts/erase-account-rows.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { after } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import { periods } from './periods.ts'
import { findRecentExport, insertExport } from './queries.ts'

/**
 * A worker makes a copy of everything; a letter with a link follows. Once a day.
 * @throws AppError invalid for a wrong password, exhausted when there was one within a day
 */
export async function requestExport(ctx: Context, actor: Actor, password: string): Promise<void> {
  const user = await checkPassword(ctx, actor, password)
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    await lockAccount(tx, user.id)
    const recent = await findRecentExport(tx, user.id, now)
    if (recent)
      throw new AppError(
        'exhausted',
        'privacy/export-recent',
        'A copy can be made once a day. Use the link in the last letter, or try again tomorrow.',
        { retryAfterSeconds: Math.ceil((recent.expires_at.getTime() - now.getTime()) / 1000) },
      )
    const exportId = await insertExport(tx, {
      userId: user.id,
      now,
      expiresAt: after(now, periods.exportMs),
    })
    await ctx.queue.enqueue('make-export', { exportId }, { tx })
  })
}
