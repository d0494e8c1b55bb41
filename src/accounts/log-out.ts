import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { endSessions } from './end-sessions.ts'

/** The login session is gone: its cookie is worth nothing from the next request on, and its streams end. */
export async function logOut(ctx: Context, actor: Actor): Promise<void> {
  await endSessions(ctx.db, actor.userId, { only: actor.sessionId })
}

/** Every login session of the account is gone, this one too. */
export async function logOutEverywhere(ctx: Context, actor: Actor): Promise<void> {
  await endSessions(ctx.db, actor.userId)
}
