import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { absent } from '../core/errors.ts'
import { deleteReferenceRow } from './queries.ts'

/**
 * The reference and its name are gone. Comparisons that were made with it stay with their reports, without a name.
 * @throws AppError absent, for somebody else's as well
 */
export async function deleteReference(ctx: Context, owner: Pick<Actor, 'userId'>, id: string): Promise<void> {
  if (!(await deleteReferenceRow(ctx.db, owner.userId, id))) throw absent('reference')
}
