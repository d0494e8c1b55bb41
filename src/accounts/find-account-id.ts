import type { Context } from '../context.ts'
import { normalizeEmail } from './email-address.ts'
import { findUserByEmail } from './queries.ts'

export async function findAccountId(ctx: Context, email: string): Promise<string | undefined> {
  return (await findUserByEmail(ctx.db, normalizeEmail(email)))?.id
}
