import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import type { EventStream } from '../core/http/sse.ts'
import { findSession } from './session-queries.ts'

/** A stream does not outlive the login session it was opened with. */
export function endWithSession(ctx: Context, actor: Actor, stream: EventStream): void {
  const check = async () => {
    if (!(await findSession(ctx.db, actor.userId, actor.sessionId))) stream.end()
  }
  const stop = ctx.notices.watch(actor.sessionId, () => {
    check().catch(() => stream.end())
  })
  stream.whenClosed(stop)
}
