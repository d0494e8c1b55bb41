import type { Request, Response } from 'express'
import { z } from 'zod'
import { getUsage } from '../billing/get-usage.ts'
import { findRepeat, readRequestKey } from '../billing/request-key.ts'
import { requireUnitLeft } from '../billing/require-unit-left.ts'
import { MAX_SET_BYTES } from '../billing/tiers.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { accountOperation, type Operation } from '../core/http/operation.ts'
import { uploadAcceptedSchema, uploadFormSchema } from './contract.ts'
import { inspectTrack } from './inspect-track.ts'
import { checkAnnouncedSize, readForm, removeSpooled, type UploadForm } from './read-form.ts'
import { receiveUpload } from './receive-upload.ts'
import { startDemo } from './start-demo.ts'

const tag = 'Uploads'

const accepted = {
  202: { description: 'Stored and queued; the analysis stands at Location', schema: uploadAcceptedSchema },
}

function acceptedReply(analysisId: string) {
  const location = `/api/analyses/${analysisId}`
  return { status: 202, body: { analysisId, location }, headers: { Location: location } }
}

async function acceptForm(
  ctx: Context,
  actor: Actor,
  form: UploadForm & { requestKey: string | undefined },
  maxTrackSeconds: number,
): Promise<string> {
  try {
    for (const file of form.files) if (file.role !== 'set') await inspectTrack(ctx, file, maxTrackSeconds)
    return await receiveUpload(ctx, actor, { ...form, isDemo: false })
  } catch (error) {
    await removeSpooled(ctx, form.files)
    throw error
  }
}

async function receiveForm(
  ctx: Context,
  actor: Actor,
  request: Request,
  response: Response,
): Promise<string> {
  const usage = await getUsage(ctx, actor.userId)
  const limits = { audio: usage.maxFileBytes, set: MAX_SET_BYTES, reference: usage.maxFileBytes }
  checkAnnouncedSize(request, limits)
  const requestKey = readRequestKey(request.get('idempotency-key'))
  // Only saves sending in vain; the reservation that counts is part of the transaction. A repeat costs nothing.
  if ((await findRepeat(ctx, actor.userId, requestKey)) === undefined) requireUnitLeft(usage, 'analysis')
  const form = await readForm(ctx, request, response, limits)
  return acceptForm(ctx, actor, { ...form, requestKey }, usage.maxTrackSeconds)
}

export function uploadRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'verified',
      {
        method: 'post',
        path: '/api/uploads',
        summary:
          'Upload a track, a Live set, or both, and have them analysed; perhaps compared with a reference track or an earlier version.',
        tag,
        bodyKind: 'multipart',
        form: uploadFormSchema,
        responses: accepted,
        refusals: [400, 402, 409, 413, 415, 422, 503],
        rateRules: [{ name: 'upload', hits: 120, windowSeconds: 3600, per: 'account' }],
      },
      async ({ actor, request, response }) => acceptedReply(await receiveForm(ctx, actor, request, response)),
    ),
    accountOperation(
      'verified',
      {
        method: 'post',
        path: '/api/uploads/demo',
        summary: 'Analyse the demo track and its Live set; costs nothing.',
        tag,
        body: z.strictObject({}).meta({ id: 'DemoRequest' }),
        responses: accepted,
        refusals: [503],
        rateRules: [{ name: 'demo', hits: 3, windowSeconds: 86_400, per: 'account' }],
      },
      async ({ actor }) => acceptedReply(await startDemo(ctx, actor)),
    ),
  ]
}
