import { z } from 'zod'
import { meterSchema } from '../billing/contract.ts'
import { instantSchema } from '../core/contract.ts'
import { verdictSchema } from '../grounding/contract.ts'

export const MESSAGE_MAX_CHARACTERS = 4000

export const askRequestSchema = z
  .strictObject({
    text: z.string().trim().min(1, 'Write a question.').max(MESSAGE_MAX_CHARACTERS),
    replaces: z
      .uuid()
      .optional()
      .describe('a question of this conversation that is asked anew: it goes, with everything after it'),
  })
  .meta({ id: 'AskRequest' })

export const reviewRequestSchema = z
  .strictObject({
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, 'Write the language as a tag such as "de" or "en-GB".')
      .optional()
      .describe('of the review; English when left out'),
  })
  .meta({ id: 'ReviewRequest' })

export const messageSchema = z
  .object({
    id: z.uuid(),
    parentId: z
      .uuid()
      .nullable()
      .describe('the question that this answers; answers of one question are its versions'),
    role: z.enum(['user', 'assistant']),
    kind: z.enum(['question', 'review']),
    status: z.enum(['streaming', 'complete', 'stopped', 'refused', 'failed']),
    text: z.string(),
    source: z.enum(['user', 'claude', 'offline-coach']),
    errorCode: z.string().nullable(),
    verdict: verdictSchema.nullable().describe('null for questions, and for text that was not checked'),
    createdAt: instantSchema,
  })
  .meta({ id: 'Message' })

export const messageListSchema = z
  .object({ messages: z.array(messageSchema), coach: z.enum(['claude', 'offline-coach']) })
  .meta({ id: 'MessageList' })

/**
 * Events of the answer stream (SSE). `started` names both messages, `delta` carries text and as its id the number of
 * characters of the answer up to there (UTF-16 units): a reader that lost the line goes on behind them. Then exactly
 * one of `done` or `failed` closes it.
 */
export const answerStartedSchema = z
  .object({ question: messageSchema, answerId: z.uuid() })
  .meta({ id: 'AnswerStarted' })
export const answerDeltaSchema = z.object({ text: z.string() }).meta({ id: 'AnswerDelta' })
export const answerDoneSchema = z
  .object({ message: messageSchema, quota: meterSchema, resetsAt: instantSchema })
  .meta({ id: 'AnswerDone' })
export const answerFailedSchema = z
  .object({
    message: messageSchema,
    code: z.string(),
    detail: z.string(),
    canRetry: z.boolean(),
    quota: meterSchema.describe('what failed is given back already'),
    resetsAt: instantSchema,
  })
  .meta({ id: 'AnswerFailed' })

const blockShape = {
  json: z.string().describe('the analysis block, to the byte'),
  sha256: z.string(),
  sizeBytes: z.number().int(),
}

/** What Claude was given and would be given, to the byte. */
export const claudeViewSchema = z
  .object({
    ...blockShape,
    sentAt: instantSchema
      .nullable()
      .describe('when this block was first sent; null: nothing was sent yet, and this would be'),
    sent: z
      .array(z.object({ ...blockShape, sentAt: instantSchema, lastSentAt: instantSchema }))
      .describe('each distinct block that was sent, the one that was sent last first; twenty at most'),
    next: z
      .object(blockShape)
      .nullable()
      .describe('what would be sent with the next question; null when it is what was sent last'),
    rules: z.string().describe('the rules that stand before it, the same for everybody'),
    promptVersion: z.string(),
  })
  .meta({ id: 'ClaudeView' })

export type Message = z.infer<typeof messageSchema>
export type MessageList = z.infer<typeof messageListSchema>
export type AnswerDone = z.infer<typeof answerDoneSchema>
export type AnswerFailed = z.infer<typeof answerFailedSchema>
export type ClaudeView = z.infer<typeof claudeViewSchema>
