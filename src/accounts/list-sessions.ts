import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import type { LoginSessionList } from './contract.ts'
import { listSessionRows } from './session-queries.ts'

/** Where the account is logged in, the latest seen first. */
export async function listSessions(ctx: Context, actor: Actor): Promise<LoginSessionList> {
  const rows = await listSessionRows(ctx.db, actor.userId, ctx.clock.now())
  return {
    sessions: rows.map((row) => ({
      id: row.id,
      device: row.device,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      isThisOne: row.id === actor.sessionId,
    })),
  }
}
