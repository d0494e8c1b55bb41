import { z } from 'zod'
import { meterSchema } from '../billing/contract.ts'
import { instantSchema } from '../core/contract.ts'

export const MESSAGE_MAX_CHARACTERS = 4000

export const askRequestSchema = z
  .strictObject({ text: z.string().trim().min(1, 'Write a question.').max(MESSAGE_MAX_CHARACTERS) })
  .meta({ id: 'AskRequest' })

export const messageSchema = z
  .object({
    id: z.uuid(),
    role: z.enum(['user', 'assistant']),
    status: z.enum(['streaming', 'complete', 'stopped', 'refused', 'failed']),
    text: z.string(),
    source: z.enum(['user', 'claude', 'offline-coach']),
    errorCode: z.string().nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Message' })

export const messageListSchema = z
  .object({ messages: z.array(messageSchema), coach: z.enum(['claude', 'offline-coach']) })
  .meta({ id: 'MessageList' })

/**
 * Events of the answer stream (SSE). `started` names both messages, `delta` carries text, then exactly one of
 * `done` or `failed` closes it.
 */
export const answerStartedSchema = z
  .object({ question: messageSchema, answerId: z.uuid() })
  .meta({ id: 'AnswerStarted' })
export const answerDeltaSchema = z.object({ text: z.string() }).meta({ id: 'AnswerDelta' })
export const answerDoneSchema = z
  .object({ message: messageSchema, quota: meterSchema, resetsAt: instantSchema })
  .meta({ id: 'AnswerDone' })
export const answerFailedSchema = z
  .object({ message: messageSchema, code: z.string(), detail: z.string(), canRetry: z.boolean() })
  .meta({ id: 'AnswerFailed' })

export type Message = z.infer<typeof messageSchema>
export type MessageList = z.infer<typeof messageListSchema>
export type AnswerDone = z.infer<typeof answerDoneSchema>
export type AnswerFailed = z.infer<typeof answerFailedSchema>
