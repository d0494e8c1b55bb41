import { createHash, randomUUID } from 'node:crypto'
import { claimRequestKey } from '../billing/request-key.ts'
import { reserveUnit } from '../billing/reserve-unit.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { after } from '../core/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { periods } from '../privacy/periods.ts'
import { markReferenceUsed } from '../references/mark-reference-used.ts'
import type { Intent } from './contract.ts'
import { uploadErrors } from './errors.ts'
import type { SpooledFile } from './multer-storage.ts'
import { findEarlier, insertAnalysis, insertUpload } from './queries.ts'
import { RAW_LIFE_MS } from './raw-files.ts'

export interface UploadRequest {
  files: SpooledFile[]
  intent: Intent
  isDemo: boolean
  referenceId?: string | undefined
  newVersionOf?: string | undefined
  /** What the client called this upload: a repeat of it leads to the same analysis. */
  requestKey?: string | undefined
}

/** What the track is compared with; a kept reference counts as used. @throws AppError invalid when it is not there */
async function findCompared(ctx: Context, tx: Tx, { userId }: Actor, request: UploadRequest) {
  const { referenceId, newVersionOf } = request
  const has = (role: SpooledFile['role']) => request.files.some((file) => file.role === role)
  const parts = { hasAudio: has('audio'), hasSet: has('set') }
  if (referenceId !== undefined) await markReferenceUsed(ctx, tx, userId, referenceId)
  const earlier = newVersionOf === undefined ? undefined : await findEarlier(tx, userId, newVersionOf, parts)
  if (newVersionOf !== undefined && !earlier) throw uploadErrors.noSuchVersion()
  return {
    referenceId: referenceId ?? null,
    earlierId: earlier?.id ?? null,
    versionNumber: (earlier?.version_number ?? 0) + 1,
  }
}

function checkParts({ files, referenceId }: UploadRequest): void {
  const has = (role: SpooledFile['role']) => files.some((file) => file.role === role)
  if (!has('audio') && !has('set') && !has('reference')) throw uploadErrors.nothing()
  if (has('reference') && referenceId !== undefined) throw uploadErrors.twoReferences()
  const isCompared = has('reference') || referenceId !== undefined
  if (isCompared && !has('audio')) throw uploadErrors.nothingToCompare()
}

/** The same for the same files, sent with the same words. */
function fingerprintOf({ files, intent, referenceId, newVersionOf }: UploadRequest): string {
  const parts = files.map(({ role, sha256 }) => `${role} ${sha256}`).sort((a, b) => a.localeCompare(b))
  return createHash('sha256')
    .update(JSON.stringify([parts, intent, referenceId, newVersionOf]))
    .digest('hex')
}

/** @returns the analysis, which is an earlier one when the same request came before */
async function record(
  ctx: Context,
  actor: Actor,
  request: UploadRequest,
  analysisId: string,
): Promise<string> {
  const now = ctx.clock.now()
  const nameOf = (role: SpooledFile['role']) => request.files.find((file) => file.role === role)?.name ?? null
  const { requestKey: key } = request
  return ctx.db.transaction().execute(async (tx) => {
    const claim = key && {
      userId: actor.userId,
      key,
      fingerprint: fingerprintOf(request),
      resultId: analysisId,
    }
    const earlier = claim ? await claimRequestKey(ctx, tx, claim) : undefined
    if (earlier !== undefined) return earlier
    if (!request.isDemo) await reserveUnit(ctx, tx, actor.userId, 'analysis', analysisId)
    await insertAnalysis(tx, {
      id: analysisId,
      userId: actor.userId,
      audioName: nameOf('audio'),
      setName: nameOf('set'),
      ...(await findCompared(ctx, tx, actor, request)),
      referenceName: nameOf('reference'),
      intent: JSON.stringify(request.intent),
      isDemo: request.isDemo,
      now,
      expiresAt: after(now, periods.resultMs),
    })
    for (const file of request.files)
      await insertUpload(tx, {
        ...file,
        analysisId,
        userId: actor.userId,
        now,
        deleteAfter: after(now, RAW_LIFE_MS),
      })
    await ctx.queue.enqueue('analyze-track', { analysisId }, { tx })
    return analysisId
  })
}

/**
 * The files are stored, one analysis of the quota is held and the work is queued: all of it or nothing.
 * @returns the id of the analysis
 * @throws AppError spent, or invalid when there is no file, or nothing to compare with
 */
export async function receiveUpload(ctx: Context, actor: Actor, request: UploadRequest): Promise<string> {
  checkParts(request)
  const analysisId = randomUUID()
  try {
    for (const file of request.files) await ctx.storage.commit(file.key)
    const recordedId = await record(ctx, actor, request, analysisId)
    // A repeat: what was sent the first time is enough.
    if (recordedId !== analysisId) for (const file of request.files) await ctx.storage.remove(file.key)
    return recordedId
  } catch (error) {
    for (const file of request.files) await ctx.storage.remove(file.key)
    throw error
  }
}
