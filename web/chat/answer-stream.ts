import { EventSourceParserStream } from 'eventsource-parser/stream'
import type { z } from 'zod'
import {
  answerDeltaSchema,
  answerDoneSchema,
  answerFailedSchema,
  answerStartedSchema,
} from '../../src/feedback/contract.ts'
import { ApiProblem, unexpectedAnswer, unreachable } from '../api/problem.ts'
import { send } from '../api/request.ts'

export interface AnswerListener {
  started: (event: z.infer<typeof answerStartedSchema>) => void
  delta: (text: string) => void
  done: (event: z.infer<typeof answerDoneSchema>) => void
  failed: (event: z.infer<typeof answerFailedSchema>) => void
}

/** How long a lost line is looked for: pauses grow, and together they last longer than an answer may take. */
const PAUSES_MS = [300, 700, 1500, 3000, 5000, 10_000, 15_000, 30_000, 60_000, 60_000]

/** Where a reading stands: what a lost line is taken up again with. */
interface Reading {
  answerId: string | undefined
  /** Characters of the answer that have come; the server says so with each piece. */
  characters: string
}

interface ReadEvent {
  event?: string | undefined
  data: string
  id?: string | undefined
}

/** Gives one event of the stream to the listener. @returns whether it was the last one */
function dispatch(
  { event = 'message', data, id }: ReadEvent,
  reading: Reading,
  listener: AnswerListener,
): boolean {
  const json: unknown = JSON.parse(data)
  if (event === 'started') {
    const started = answerStartedSchema.parse(json)
    reading.answerId = started.answerId
    listener.started(started)
  }
  if (event === 'delta') {
    listener.delta(answerDeltaSchema.parse(json).text)
    reading.characters = id ?? reading.characters
  }
  if (event === 'done') listener.done(answerDoneSchema.parse(json))
  if (event === 'failed') listener.failed(answerFailedSchema.parse(json))
  return event === 'done' || event === 'failed'
}

/** Reads until the answer is over (true) or the line breaks (false). */
async function readEvents(response: Response, reading: Reading, listener: AnswerListener): Promise<boolean> {
  if (response.body === null) throw unexpectedAnswer(response.status)
  const reader = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader()
  for (;;) {
    const step = await reader.read().catch(() => undefined)
    if (step === undefined || step.done) return false
    if (dispatch(step.value, reading, listener)) return true
  }
}

const isUnreachable = (error: unknown) => error instanceof ApiProblem && error.code === 'web/unreachable'

/** Takes an answer up again where the line broke, for as long as the answer may still be written. */
async function takeUpAgain(
  analysisId: string,
  reading: Reading,
  listener: AnswerListener,
  signal: AbortSignal,
): Promise<void> {
  for (const pauseMs of PAUSES_MS) {
    try {
      const response = await send('GET', `/api/analyses/${analysisId}/messages/${reading.answerId}/events`, {
        headers: { 'last-event-id': reading.characters },
        signal,
      })
      if (await readEvents(response, reading, listener)) return
    } catch (error) {
      if (!isUnreachable(error)) throw error
    }
    if (signal.aborted) return
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  throw unreachable()
}

/**
 * Begins an answer by a POST and hands it on as it comes. A line that breaks stops nothing: the answer goes on at the
 * server, and is read on from the character that was reached. Throws ApiProblem when it is refused or cannot be reached.
 */
export async function beginAnswer(
  analysisId: string,
  begin: { path: string; body: object; requestKey: string },
  listener: AnswerListener,
  signal: AbortSignal,
): Promise<void> {
  const reading: Reading = { answerId: undefined, characters: '0' }
  const path = `/api/analyses/${analysisId}/${begin.path}`
  const headers = { 'idempotency-key': begin.requestKey }
  const response = await send('POST', path, { body: begin.body, headers, signal })
  if (await readEvents(response, reading, listener)) return
  if (signal.aborted) return
  if (reading.answerId === undefined) throw unreachable()
  await takeUpAgain(analysisId, reading, listener, signal)
}

/** Follows an answer that was begun elsewhere, from the characters on that are here already. */
export function followAnswer(
  analysisId: string,
  answer: { id: string; characters: number },
  listener: AnswerListener,
  signal: AbortSignal,
): Promise<void> {
  const reading: Reading = { answerId: answer.id, characters: String(answer.characters) }
  return takeUpAgain(analysisId, reading, listener, signal)
}

export function stopAnswer(analysisId: string, answerId: string): Promise<Response> {
  return send('POST', `/api/analyses/${analysisId}/messages/${answerId}/stop`, { body: {} })
}
