import { ANALYSIS_CHANNEL, type Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { absent } from '../core/errors.ts'
import type { Db, Tx } from '../platform/db/database.ts'
import { deleteSessions, notifySession } from './session-queries.ts'

/**
 * The sessions are gone: their cookies are worth nothing from the next request on, and their streams end, in whichever
 * process they are served.
 */
export async function endSessions(
  db: Db | Tx,
  userId: string,
  which: { only?: string; except?: string | undefined } = {},
): Promise<number> {
  const ended = await deleteSessions(db, userId, which)
  for (const id of ended) await notifySession(db, ANALYSIS_CHANNEL, id)
  return ended.length
}

/** @throws AppError absent, for somebody else's as well */
export async function endSession(ctx: Context, actor: Actor, sessionId: string): Promise<void> {
  if ((await endSessions(ctx.db, actor.userId, { only: sessionId })) === 0) throw absent('login session')
}
