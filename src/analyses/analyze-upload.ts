import { LiveSetError } from '../als/errors.ts'
import { AudioError } from '../audio/audio-error.ts'
import { getUsage } from '../billing/get-usage.ts'
import { holdAccount } from '../billing/hold-account.ts'
import { commitUnit } from '../billing/settle-unit.ts'
import type { Context } from '../context.ts'
import { intentSchema } from '../uploads/contract.ts'
import { listRawFiles } from '../uploads/list-raw-files.ts'
import { removeRawFiles } from '../uploads/remove-raw-files.ts'
import { failAnalysis } from './fail-analysis.ts'
import { keepCompared, planKeeping } from './keep-compared.ts'
import { loadCompared } from './load-compared.ts'
import { measureUpload } from './measure-upload.ts'
import { publishProgress } from './publish-progress.ts'
import { findWork, markDone, markRunning, setReport } from './queries.ts'
import { tellChange } from './tell-change.ts'
import { hideNamesInIntent } from './told-intent.ts'
import { inheritVerdicts } from './verdict-queries.ts'

/** Trying again with the same bytes would end the same way, except where the machine was at fault. */
const passingCodes = new Set([
  'audio/aborted',
  'audio/decoder-timeout',
  'audio/decoder-missing',
  'audio/decoder-failed',
])

function isFinal(error: unknown, isLastAttempt: boolean): error is AudioError | LiveSetError {
  if (error instanceof LiveSetError) return true
  return (
    error instanceof AudioError &&
    (!passingCodes.has(error.code) || (isLastAttempt && error.code !== 'audio/aborted'))
  )
}

type Work = NonNullable<Awaited<ReturnType<typeof findWork>>>

/** Measures and stores the result. False when nobody waits for it any more. */
async function measureAndStore(ctx: Context, work: Work, signal: AbortSignal): Promise<boolean> {
  const { id: analysisId, user_id: userId, intent } = work
  const gone = new AbortController()
  const progress = publishProgress(ctx, analysisId, () => gone.abort())
  // A decoder that hangs brings no progress: somebody who deletes the analysis is heard all the same.
  const stopWatching = ctx.notices.watch(analysisId, () => void noticeEnd(ctx, analysisId, gone))
  try {
    const { maxTrackSeconds } = await getUsage(ctx, userId)
    const options = {
      signal: AbortSignal.any([signal, gone.signal]),
      maxTrackSeconds,
      intent: intentSchema.parse(intent),
      onProgress: progress.tell,
      onPartial: progress.tellPartial,
    }
    const compared = await loadCompared(ctx, work)
    const report = await measureUpload(ctx, await listRawFiles(ctx, analysisId), compared, options)
    await progress.settle()
    return await setReport(ctx.db, analysisId, JSON.stringify(report))
  } catch (error) {
    if (gone.signal.aborted) return false
    throw error
  } finally {
    stopWatching()
  }
}

/** Ends the work when nobody waits for it any more. */
async function noticeEnd(ctx: Context, analysisId: string, gone: AbortController): Promise<void> {
  try {
    if ((await findWork(ctx.db, analysisId))?.state !== 'running') gone.abort()
  } catch (error) {
    ctx.log.warn('watch-failed', { analysisId, error })
  }
}

/** Another worker stored the result but may have died before the end: whoever comes finishes. */
async function waitsForFinish(ctx: Context, analysisId: string): Promise<boolean> {
  const work = await findWork(ctx.db, analysisId)
  return work?.state === 'running' && work.has_report
}

/** First the bytes go, then the analysis is done: nobody ever sees a result beside its raw file. */
async function finish(ctx: Context, work: Work): Promise<void> {
  const { id: analysisId, user_id: userId } = work
  await removeRawFiles(ctx, analysisId)
  const keeping = await planKeeping(ctx, work, (await getUsage(ctx, userId)).maxKeptReferences)
  const told = await hideNamesInIntent(ctx, userId, analysisId, intentSchema.parse(work.intent))
  await ctx.db.transaction().execute(async (tx) => {
    await holdAccount(tx, userId)
    if (!(await markDone(tx, analysisId, told && JSON.stringify(told), ctx.clock.now()))) return
    await inheritVerdicts(tx, analysisId)
    if (keeping) await keepCompared(ctx, tx, analysisId, keeping)
    await commitUnit(ctx, tx, analysisId)
  })
  await tellChange(ctx, analysisId)
}

/**
 * After it returns, the analysis is done or failed for a reason that lies in the file. Every step may be repeated: a
 * crash between two of them is healed by running again.
 * @throws when the machine was at fault and another attempt may do better
 */
export async function analyzeUpload(
  ctx: Context,
  analysisId: string,
  attempt: { signal: AbortSignal; isLast: boolean },
): Promise<void> {
  const work = await findWork(ctx.db, analysisId)
  if (!work || !(await markRunning(ctx.db, analysisId))) return
  try {
    if (!work.has_report && !(await measureAndStore(ctx, work, attempt.signal)))
      if (!(await waitsForFinish(ctx, analysisId))) return
  } catch (error) {
    if (!isFinal(error, attempt.isLast)) throw error
    ctx.log.info('analysis-failed', { analysisId, code: error.code })
    return failAnalysis(ctx, analysisId, { code: error.code, detail: error.message })
  }
  await finish(ctx, work)
}
