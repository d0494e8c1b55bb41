import { randomUUID } from 'node:crypto'
import { reserveUnit } from '../billing/reserve-unit.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { after } from '../core/clock.ts'
import { periods } from '../privacy/periods.ts'
import type { Intent } from './contract.ts'
import { uploadErrors } from './errors.ts'
import type { SpooledFile } from './multer-storage.ts'
import { insertAnalysis, insertUpload } from './queries.ts'
import { RAW_LIFE_MS } from './raw-files.ts'

export interface UploadRequest {
  files: SpooledFile[]
  intent: Intent
  isDemo: boolean
}

async function record(ctx: Context, actor: Actor, request: UploadRequest, analysisId: string): Promise<void> {
  const now = ctx.clock.now()
  const nameOf = (role: SpooledFile['role']) => request.files.find((file) => file.role === role)?.name ?? null
  await ctx.db.transaction().execute(async (tx) => {
    if (!request.isDemo) await reserveUnit(ctx, tx, actor.userId, 'analysis', analysisId)
    await insertAnalysis(tx, {
      id: analysisId,
      userId: actor.userId,
      audioName: nameOf('audio'),
      setName: nameOf('set'),
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
  })
}

/**
 * The files are stored, one analysis of the quota is held and the work is queued: all of it or nothing.
 * @returns the id of the analysis
 * @throws AppError spent, or invalid when there is no file
 */
export async function receiveUpload(ctx: Context, actor: Actor, request: UploadRequest): Promise<string> {
  if (request.files.length === 0) throw uploadErrors.nothing()
  const analysisId = randomUUID()
  try {
    for (const file of request.files) await ctx.storage.commit(file.key)
    await record(ctx, actor, request, analysisId)
  } catch (error) {
    for (const file of request.files) await ctx.storage.remove(file.key)
    throw error
  }
  return analysisId
}
