import { sessionCookie } from '../../src/accounts/session-cookie.ts'
import { type ApiClient, createClient } from '../support/api-client.ts'
import type { TestService } from '../support/test-service.ts'

/** Somebody with a confirmed address and a live session, made in the database: no letter, no hashing. */
export async function enter(
  service: TestService,
  email: string,
): Promise<ApiClient & { userId: string; sessionId: string }> {
  const { db } = service.ctx
  const now = service.clock.now()
  const user = await db
    .insertInto('users')
    .values({
      email,
      display_name: null,
      password_hash: 'nobody logs in with it',
      verified_at: now,
      sixteen_or_older_at: now,
      stripe_customer_id: null,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const session = await db
    .insertInto('login_sessions')
    .values({
      user_id: user.id,
      created_at: now,
      last_seen_at: now,
      generation_seen_at: now,
      expires_at: new Date(now.getTime() + 30 * 86_400_000),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const ids = { userId: user.id, sessionId: session.id }
  const cookie = sessionCookie(service.ctx.secrets, { ...ids, generation: 0 }, now).split(';')[0]
  return Object.assign(createClient(service, cookie), ids)
}
