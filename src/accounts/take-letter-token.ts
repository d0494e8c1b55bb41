import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import { hashToken } from './email-token.ts'
import { type TokenPurpose, takeToken } from './letter-queries.ts'

/** Whose token it is, if it can still be used; from now on it cannot. */
export async function takeLetterToken(
  ctx: Context,
  tx: Tx,
  token: string,
  purpose: TokenPurpose,
): Promise<string | undefined> {
  return (await takeToken(tx, hashToken(token), purpose, ctx.clock.now()))?.user_id
}
