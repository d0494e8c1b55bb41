import type { Context } from '../context.ts'
import { findUser } from './queries.ts'

/** What the person wants to be called; null when they did not say, or are gone. */
export async function findDisplayName(ctx: Context, userId: string): Promise<string | null> {
  return (await findUser(ctx.db, userId))?.display_name ?? null
}
