import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { deleteSession } from './queries.ts'

/** The login session is gone: its cookie is worth nothing from the next request on. */
export async function logOut(ctx: Context, actor: Actor): Promise<void> {
  await deleteSession(ctx.db, actor.sessionId, actor.userId)
}
