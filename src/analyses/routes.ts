import { z } from 'zod'
import { endWithSession } from '../accounts/end-with-session.ts'
import type { Context } from '../context.ts'
import { accountOperation, type Operation } from '../core/http/operation.ts'
import { openEventStream } from '../core/http/sse.ts'
import { openForAccount } from '../core/http/streams-per-account.ts'
import { correctionSchema } from '../report/contract.ts'
import { chooseReference } from './choose-reference.ts'
import {
  analysisListSchema,
  analysisSchema,
  analysisSummarySchema,
  chosenReferenceSchema,
  givenVerdictSchema,
} from './contract.ts'
import { correctAnalysis } from './correct-analysis.ts'
import { deleteAnalysis } from './delete-analysis.ts'
import { getAnalysis, getSummary } from './get-analysis.ts'
import { giveVerdict } from './give-verdict.ts'
import { listAnalyses } from './list-analyses.ts'
import { retryAnalysis } from './retry-analysis.ts'
import { watchAnalysis } from './watch-analysis.ts'

const tag = 'Analyses'
const params = z.object({ id: z.uuid() })

export function analysisRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/analyses',
        summary: 'My analyses, newest first.',
        tag,
        query: z.strictObject({ cursor: z.string().max(200).optional() }),
        responses: { 200: { description: 'A page of analyses', schema: analysisListSchema } },
        refusals: [422],
      },
      async ({ actor, query }) => ({ status: 200, body: await listAnalyses(ctx, actor, query.cursor) }),
    ),
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/analyses/{id}',
        summary: 'One analysis with its report.',
        tag,
        params,
        responses: { 200: { description: 'The analysis', schema: analysisSchema } },
        refusals: [404],
      },
      async ({ actor, params: { id } }) => ({ status: 200, body: await getAnalysis(ctx, actor, id) }),
    ),
    accountOperation(
      'session',
      {
        method: 'delete',
        path: '/api/analyses/{id}',
        summary: 'Delete the analysis, its messages and its raw files.',
        tag,
        params,
        responses: { 204: { description: 'Gone' } },
        refusals: [404],
      },
      async ({ actor, params: { id } }) => {
        await deleteAnalysis(ctx, actor, id)
        return { status: 204 }
      },
    ),
    accountOperation(
      'verified',
      {
        method: 'post',
        path: '/api/analyses/{id}/retry',
        summary: 'Try a failed analysis again without a new upload.',
        tag,
        params,
        query: z.strictObject({
          without: z.literal('reference').optional().describe('leave out the reference that came along'),
        }),
        responses: { 202: { description: 'Queued again', schema: analysisSummarySchema } },
        refusals: [402, 404, 409, 410, 422],
      },
      async ({ actor, params: { id }, query }) => {
        await retryAnalysis(ctx, actor, id, { withoutReference: query.without === 'reference' })
        return { status: 202, body: await getSummary(ctx, actor, id) }
      },
    ),
    accountOperation(
      'session',
      {
        method: 'post',
        path: '/api/analyses/{id}/reference',
        summary: 'Compare a finished analysis with another kept reference, or with none. Costs nothing.',
        tag,
        params,
        body: chosenReferenceSchema,
        responses: { 200: { description: 'The analysis', schema: analysisSchema } },
        refusals: [404, 409],
      },
      async ({ actor, params: { id }, body }) => {
        await chooseReference(ctx, actor, id, body.referenceId)
        return { status: 200, body: await getAnalysis(ctx, actor, id) }
      },
    ),
    accountOperation(
      'session',
      {
        method: 'patch',
        path: '/api/analyses/{id}/correction',
        summary: 'Say tempo, beats per bar or key where they were heard wrong; the report follows.',
        tag,
        params,
        body: correctionSchema,
        responses: { 200: { description: 'The analysis with its corrected report', schema: analysisSchema } },
        refusals: [404, 409, 422],
      },
      async ({ actor, params: { id }, body }) => ({
        status: 200,
        body: await correctAnalysis(ctx, actor, id, body),
      }),
    ),
    accountOperation(
      'session',
      {
        method: 'patch',
        path: '/api/analyses/{id}/verdicts',
        summary: 'Agree with a finding, say that it is intended, or take either back; later versions follow.',
        tag,
        params,
        body: givenVerdictSchema,
        responses: { 200: { description: 'The analysis with its report', schema: analysisSchema } },
        refusals: [404, 409, 422],
        rateRules: [{ name: 'verdicts', hits: 120, windowSeconds: 60, per: 'account' }],
      },
      async ({ actor, params: { id }, body }) => ({
        status: 200,
        body: await giveVerdict(ctx, actor, id, body),
      }),
    ),
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/analyses/{id}/events',
        summary:
          'The analysis as it goes (server-sent events named progress); ends when it is done or failed.',
        tag,
        params,
        responses: { 200: { description: 'Events', contentType: 'text/event-stream' } },
        refusals: [404, 429],
      },
      async ({ actor, params: { id }, response }) => {
        await getSummary(ctx, actor, id)
        let stop: () => void = () => undefined
        const stream = openForAccount(actor.userId, () => openEventStream(response, () => stop()))
        stop = watchAnalysis(ctx, actor, id, stream)
        endWithSession(ctx, actor, stream)
        // The reader may have left before there was anything to stop.
        if (!stream.isOpen) stop()
      },
    ),
  ]
}
