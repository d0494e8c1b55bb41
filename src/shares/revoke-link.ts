import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { absent } from '../core/errors.ts'
import { deleteLink } from './queries.ts'

/** The link works no more. @throws AppError absent */
export async function revokeLink(ctx: Context, actor: Actor, analysisId: string, id: string): Promise<void> {
  if (!(await deleteLink(ctx.db, actor.userId, analysisId, id))) throw absent('link')
}
