import { z } from 'zod'
import { endWithSession } from '../accounts/end-with-session.ts'
import type { Context } from '../context.ts'
import { accountOperation, type Operation } from '../core/http/operation.ts'
import { openEventStream } from '../core/http/sse.ts'
import { ask } from './ask.ts'
import { askRequestSchema, messageListSchema } from './contract.ts'
import { listMessages } from './list-messages.ts'
import { runAnswer } from './run-answer.ts'
import { stopAnswer } from './stop-answer.ts'

const tag = 'Chat'
const params = z.object({ id: z.uuid() })

export function feedbackRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/analyses/{id}/messages',
        summary: 'The conversation about an analysis, oldest first.',
        tag,
        params,
        responses: { 200: { description: 'The messages', schema: messageListSchema } },
        refusals: [404],
      },
      async ({ actor, params: { id } }) => ({ status: 200, body: await listMessages(ctx, actor, id) }),
    ),
    accountOperation(
      'verified',
      {
        method: 'post',
        path: '/api/analyses/{id}/messages',
        summary: 'Ask about the analysis; the answer streams (events started, delta, then done or failed).',
        tag,
        params,
        body: askRequestSchema,
        responses: { 200: { description: 'The answer as it is written', contentType: 'text/event-stream' } },
        refusals: [402, 404, 409, 422],
        rateRules: [{ name: 'ask', hits: 30, windowSeconds: 60, per: 'account' }],
      },
      async ({ actor, params: { id }, body, response }) => {
        const { question, job } = await ask(ctx, actor, id, body.text)
        const stream = openEventStream(response)
        endWithSession(ctx, actor, stream)
        stream.send('started', { question, answerId: job.answerId })
        try {
          const end = await runAnswer(ctx, job, (text) => stream.send('delta', { text }))
          stream.send(end.event, end.data)
        } finally {
          stream.end()
        }
      },
    ),
    accountOperation(
      'session',
      {
        method: 'post',
        path: '/api/analyses/{id}/messages/{messageId}/stop',
        summary: 'Stop the answer; what was written stays.',
        tag,
        params: params.extend({ messageId: z.uuid() }),
        responses: { 204: { description: 'Stopped' } },
        refusals: [404],
      },
      async ({ actor, params: { id, messageId } }) => {
        await stopAnswer(ctx, actor, id, messageId)
        return { status: 204 }
      },
    ),
  ]
}
