import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { absent } from '../core/errors.ts'
import { visibleText } from '../core/visible-text.ts'
import type { KeptReference } from './contract.ts'
import { referenceErrors } from './errors.ts'
import { getReference } from './list-references.ts'
import { setReferenceName } from './queries.ts'

const MAX_CHARACTERS = 120

/**
 * The reference bears the new name, also in the reports that were compared with it.
 * @throws AppError absent, or invalid when nothing of the name can be seen
 */
export async function renameReference(
  ctx: Context,
  actor: Actor,
  id: string,
  name: string,
): Promise<KeptReference> {
  const shown = visibleText(name, MAX_CHARACTERS)
  if (shown === '') throw referenceErrors.badName()
  if (!(await setReferenceName(ctx.db, actor.userId, id, shown))) throw absent('reference')
  return getReference(ctx, actor, id)
}
