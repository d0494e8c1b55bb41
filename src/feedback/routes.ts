import type { Response } from 'express'
import { z } from 'zod'
import { endWithSession } from '../accounts/end-with-session.ts'
import { readRequestKey } from '../billing/request-key.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { accountOperation, type Operation } from '../core/http/operation.ts'
import { type EventStream, openEventStream } from '../core/http/sse.ts'
import { openForAccount } from '../core/http/streams-per-account.ts'
import { answerAgain } from './answer-again.ts'
import { ask } from './ask.ts'
import { askForReview } from './ask-for-review.ts'
import type { Begun } from './begin-answer.ts'
import { clearChat } from './clear-chat.ts'
import { askRequestSchema, claudeViewSchema, messageListSchema, reviewRequestSchema } from './contract.ts'
import { followAnswer } from './follow-answer.ts'
import { getClaudeView } from './get-claude-view.ts'
import { listMessages } from './list-messages.ts'
import { requireAnswer } from './require-answer.ts'
import { startRun } from './run-answer.ts'
import { stopAnswer } from './stop-answer.ts'

const tag = 'Chat'
const params = z.object({ id: z.uuid() })
const messageParams = params.extend({ messageId: z.uuid() })

/** What every operation that begins an answer has in common. */
const answering = {
  responses: { 200: { description: 'The answer as it is written', contentType: 'text/event-stream' } },
  refusals: [402, 404, 409, 422, 503],
  rateRules: [{ name: 'ask', hits: 30, windowSeconds: 60, per: 'account' as const }],
}

function openFor(ctx: Context, actor: Actor, response: Response): EventStream {
  const stream = openEventStream(response)
  endWithSession(ctx, actor, stream)
  return stream
}

/** A reader comes to an answer; `lastEventId` is the number of characters it has. */
function follow(
  ctx: Context,
  { userId, ...actor }: Actor,
  response: Response,
  answer: { analysisId: string; answerId: string },
  lastEventId: string | undefined,
): void {
  const fromCharacter = /^\d{1,7}$/.test(lastEventId ?? '') ? Number(lastEventId) : 0
  const stream = openForAccount(userId, () => openFor(ctx, { userId, ...actor }, response))
  followAnswer(ctx, { ...answer, userId, fromCharacter }, stream)
}

/** The run begins and belongs to the server; whoever asked is its first reader. */
function answer(ctx: Context, actor: Actor, response: Response, { question, job }: Begun): void {
  startRun(ctx, job)
  const stream = openFor(ctx, actor, response)
  stream.send('started', { question, answerId: job.answerId }, '0')
  const { userId, answerId } = job
  followAnswer(ctx, { userId, analysisId: job.analysis.id, answerId, fromCharacter: 0 }, stream)
}

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
      'session',
      {
        method: 'delete',
        path: '/api/analyses/{id}/messages',
        summary: 'Delete the conversation about an analysis; an answer under way stops.',
        tag,
        params,
        responses: { 204: { description: 'Gone' } },
        refusals: [404],
      },
      async ({ actor, params: { id } }) => {
        await clearChat(ctx, actor, id)
        return { status: 204 }
      },
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
        ...answering,
      },
      async ({ actor, params: { id }, body, request, response }) => {
        const requestKey = readRequestKey(request.get('idempotency-key'))
        return answer(ctx, actor, response, await ask(ctx, actor, id, body, requestKey))
      },
    ),
    accountOperation(
      'verified',
      {
        method: 'post',
        path: '/api/analyses/{id}/review',
        summary: 'Ask for a review of the track; it streams like an answer and costs one message.',
        tag,
        params,
        body: reviewRequestSchema,
        ...answering,
      },
      async ({ actor, params: { id }, body, request, response }) => {
        const requestKey = readRequestKey(request.get('idempotency-key'))
        return answer(ctx, actor, response, await askForReview(ctx, actor, id, body.language, requestKey))
      },
    ),
    accountOperation(
      'verified',
      {
        method: 'post',
        path: '/api/analyses/{id}/messages/{messageId}/answers',
        summary: 'Answer the newest question again; earlier answers stay as versions.',
        tag,
        params: messageParams,
        ...answering,
      },
      async ({ actor, params: { id, messageId }, response }) =>
        answer(ctx, actor, response, await answerAgain(ctx, actor, id, messageId)),
    ),
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/analyses/{id}/messages/{messageId}/events',
        summary:
          'Follow an answer, from the character that Last-Event-ID names on; from any instance (events delta, then done or failed).',
        tag,
        params: messageParams,
        responses: { 200: { description: 'The answer as it is written', contentType: 'text/event-stream' } },
        refusals: [404, 429],
      },
      async ({ actor, params: { id, messageId }, request, response }) => {
        await requireAnswer(ctx, actor, id, messageId)
        follow(ctx, actor, response, { analysisId: id, answerId: messageId }, request.get('last-event-id'))
      },
    ),
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/analyses/{id}/claude-view',
        summary: 'What Claude is given about this analysis, to the byte.',
        tag,
        params,
        responses: { 200: { description: 'The block and the rules', schema: claudeViewSchema } },
        refusals: [404, 409],
      },
      async ({ actor, params: { id } }) => ({ status: 200, body: await getClaudeView(ctx, actor, id) }),
    ),
    accountOperation(
      'session',
      {
        method: 'post',
        path: '/api/analyses/{id}/messages/{messageId}/stop',
        summary: 'Stop the answer; what was written stays.',
        tag,
        params: messageParams,
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
