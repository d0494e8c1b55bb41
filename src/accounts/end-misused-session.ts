import type { Context } from '../context.ts'
import { endSessions } from './end-sessions.ts'
import type { SessionClaims } from './session-cookie.ts'
import { writeLetter } from './write-letter.ts'

/** The session has ended and its owner gets a letter that says why: once, however many requests come with the token. */
export async function endMisusedSession(ctx: Context, claims: SessionClaims, device: string): Promise<void> {
  const { userId, sessionId } = claims
  await ctx.db.transaction().execute(async (tx) => {
    if ((await endSessions(tx, userId, { only: sessionId })) === 0) return
    await writeLetter(ctx, tx, {
      userId,
      kind: 'session-misused',
      detail: device,
      cause: `misused:${sessionId}`,
    })
  })
  ctx.log.warn('session-misused')
}
