import { checkPassword } from '../accounts/check-password.ts'
import { lockAccount } from '../accounts/erase-account-rows.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { after } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import type { CopyState } from './contract.ts'
import { findLatestExport, insertExport } from './export-queries.ts'
import { periods } from './periods.ts'

type Latest = NonNullable<Awaited<ReturnType<typeof findLatestExport>>>

const reasons: Record<Exclude<Latest['state'], 'failed'>, string> = {
  making: 'A copy is being made already. A letter with its link follows.',
  stale:
    'A copy is being made anew, because something in it was deleted. The link in the last letter works in a minute.',
  ready: 'A copy is waiting for you: use the link in the last letter.',
  fetched: 'A copy can be made once a day, and you have fetched one. Try again later.',
}

/**
 * A worker makes a copy of everything; a letter with a link follows. Once a day, unless it failed.
 * @throws AppError invalid for a wrong password, exhausted when there was one within a day
 */
export async function requestExport(ctx: Context, actor: Actor, password: string): Promise<void> {
  const user = await checkPassword(ctx, actor, password)
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    await lockAccount(tx, user.id)
    const latest = await findLatestExport(tx, user.id, now)
    if (latest && latest.state !== 'failed')
      throw new AppError('exhausted', 'privacy/export-recent', reasons[latest.state], {
        retryAfterSeconds: Math.ceil((latest.expires_at.getTime() - now.getTime()) / 1000),
      })
    const expiresAt = after(now, periods.exportMs)
    const exportId = await insertExport(tx, { userId: user.id, now, expiresAt })
    await ctx.queue.enqueue('make-export', { exportId }, { tx })
  })
}

/** How far the copy of these last 24 hours got. */
export async function getCopyState(ctx: Context, actor: Actor): Promise<CopyState> {
  const latest = await findLatestExport(ctx.db, actor.userId, ctx.clock.now())
  if (!latest) return { state: 'none', until: null }
  const state = latest.state === 'stale' ? 'making' : latest.state
  return { state, until: latest.expires_at.toISOString() }
}
