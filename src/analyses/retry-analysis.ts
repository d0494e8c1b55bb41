import { holdAccount } from '../billing/hold-account.ts'
import { reserveUnit } from '../billing/reserve-unit.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError } from '../core/errors.ts'
import type { Tx } from '../platform/db/database.ts'
import { forgetReferenceFile, removeForgotten } from '../uploads/forget-raw-files.ts'
import { getAnalysis } from './get-analysis.ts'
import { forgetReference, markQueuedAgain } from './queries.ts'
import { tellChange } from './tell-change.ts'

/**
 * A failed analysis is queued again with the raw files that are still held. The unit that its failure gave back is held
 * again, so that failure and retry together cost one. Without the reference, its raw file is deleted at once.
 * @throws AppError absent, conflict when it did not fail, gone when its raw files are deleted
 */
export async function retryAnalysis(
  ctx: Context,
  actor: Actor,
  id: string,
  { withoutReference = false } = {},
): Promise<void> {
  const analysis = await getAnalysis(ctx, actor, id)
  if (analysis.state !== 'failed')
    throw new AppError('conflict', 'analyses/not-failed', 'Only an analysis that failed can be tried again.')
  if (!analysis.failure?.canRetry)
    throw new AppError(
      'gone',
      'analyses/raw-file-gone',
      'The raw file has been deleted. Upload the track again.',
    )
  const keys = await ctx.db.transaction().execute(async (tx) => {
    await holdAccount(tx, actor.userId)
    // Somebody else's retry was first: the job is there already.
    if (!(await markQueuedAgain(tx, actor.userId, id)))
      throw new AppError('conflict', 'analyses/not-failed', 'It is being tried again already.')
    if (!analysis.isDemo) await reserveUnit(ctx, tx, actor.userId, 'analysis', id)
    const forgotten = withoutReference ? await leaveOutReference(ctx, tx, actor, id) : []
    await ctx.queue.enqueue('analyze-track', { analysisId: id }, { tx })
    return forgotten
  })
  await removeForgotten(ctx, keys)
  await tellChange(ctx, id)
}

/** The analysis is compared with nothing any more. @returns the keys of the file that must go after the commit */
async function leaveOutReference(ctx: Context, tx: Tx, actor: Actor, id: string): Promise<string[]> {
  await forgetReference(tx, actor.userId, id)
  return forgetReferenceFile(ctx, tx, id)
}
