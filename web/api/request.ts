import type { z } from 'zod'
import { problemFromBody, unexpectedAnswer, unreachable } from './problem.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

interface RequestOptions {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** Sends a request and returns the answer once it is known to be no refusal. Throws ApiProblem. */
export async function send(method: Method, path: string, options: RequestOptions = {}): Promise<Response> {
  const headers = new Headers(options.headers)
  if (method !== 'GET') headers.set('content-type', 'application/json')
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' }
  if (options.body !== undefined) init.body = JSON.stringify(options.body)
  if (options.signal !== undefined) init.signal = options.signal
  const response = await fetch(path, init).catch((cause: unknown) => {
    throw options.signal?.aborted ? cause : unreachable(cause)
  })
  if (!response.ok) throw problemFromBody(response.status, await response.text())
  return response
}

/** Sends a request and parses its JSON answer with the contract's schema. Throws ApiProblem. */
export async function request<S extends z.ZodType>(
  schema: S,
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<z.infer<S>> {
  const response = await send(method, path, options)
  const json: unknown = await response.json().catch((cause: unknown) => {
    throw unexpectedAnswer(response.status, cause)
  })
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw unexpectedAnswer(response.status, parsed.error)
  return parsed.data
}
