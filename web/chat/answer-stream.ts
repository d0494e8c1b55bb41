import { EventSourceParserStream } from 'eventsource-parser/stream'
import type { z } from 'zod'
import {
  answerDeltaSchema,
  answerDoneSchema,
  answerFailedSchema,
  answerStartedSchema,
} from '../../src/feedback/contract.ts'
import { unexpectedAnswer, unreachable } from '../api/problem.ts'
import { send } from '../api/request.ts'

export interface AnswerListener {
  started: (event: z.infer<typeof answerStartedSchema>) => void
  delta: (text: string) => void
  done: (event: z.infer<typeof answerDoneSchema>) => void
  failed: (event: z.infer<typeof answerFailedSchema>) => void
}

/** Gives one event of the stream to the listener. @returns whether it was the last one */
function dispatch(name: string, json: unknown, listener: AnswerListener): boolean {
  if (name === 'started') listener.started(answerStartedSchema.parse(json))
  if (name === 'delta') listener.delta(answerDeltaSchema.parse(json).text)
  if (name === 'done') listener.done(answerDoneSchema.parse(json))
  if (name === 'failed') listener.failed(answerFailedSchema.parse(json))
  return name === 'done' || name === 'failed'
}

/**
 * Asks a question and hands on the answer as it comes. Throws ApiProblem when the question is refused before an
 * answer starts, and web/unreachable when the line breaks in the middle: the answer then goes on at the server.
 */
export async function askQuestion(analysisId: string, text: string, listener: AnswerListener): Promise<void> {
  const response = await send('POST', `/api/analyses/${analysisId}/messages`, { body: { text } })
  if (response.body === null) throw unexpectedAnswer(response.status)
  const reader = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader()
  for (;;) {
    const step = await reader.read().catch((cause: unknown) => {
      throw unreachable(cause)
    })
    if (step.done) throw unreachable()
    if (dispatch(step.value.event ?? 'message', JSON.parse(step.value.data), listener)) return
  }
}

export function stopAnswer(analysisId: string, answerId: string): Promise<Response> {
  return send('POST', `/api/analyses/${analysisId}/messages/${answerId}/stop`, { body: {} })
}
