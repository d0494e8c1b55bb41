import type { NextFunction, Request, Response } from 'express'
import type { Problem } from '../contract.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import { requestIdOf } from './request-id.ts'

const titles: Record<number, string> = {
  400: 'Not understood',
  401: 'Log in first',
  402: 'Quota spent',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  409: 'Conflict',
  410: 'No longer valid',
  413: 'Too large',
  415: 'Not supported',
  422: 'Not valid',
  429: 'Too many requests',
  503: 'Not available right now',
}

function isHttpError(error: unknown): error is { status: number; type?: string } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500
}

/** Codes of a database or store that is away for the moment, or that gave up two who waited for each other. */
const outageCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND'],
  ...['57P01', '57P02', '57P03', '08000', '08001', '08006', '53300', '40P01'],
])

function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && outageCodes.has(error.code)) return true
  // The driver's own words have no code.
  return /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message)
}

const FOREIGN_KEY_VIOLATION = '23503'

/** The account or the analysis that a row was to belong to was deleted while the request was under way. */
function overtakenByDeletion(error: unknown): AppError | undefined {
  if (!(error instanceof Error && 'code' in error && error.code === FOREIGN_KEY_VIOLATION)) return undefined
  const isAccount = 'constraint' in error && /_user_id_fkey$/.test(String(error.constraint))
  return isAccount
    ? new AppError('unauthenticated', 'accounts/not-logged-in', 'Log in first.')
    : new AppError('absent', 'absent', 'It was deleted meanwhile.')
}

/** Errors of Express and its body parser, translated; anything unknown is ours and says nothing. */
function translate(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  const overtaken = overtakenByDeletion(error)
  if (overtaken) return overtaken
  if (isOutage(error))
    return new AppError(
      'unavailable',
      'service-unavailable',
      'A part of the service cannot be reached right now. Try again in a minute.',
      { retryAfterSeconds: 30, cause: error },
    )
  if (!isHttpError(error)) return undefined
  if (error.type === 'entity.too.large')
    return new AppError('too-large', 'body-too-large', 'The request is larger than it may be here.')
  return new AppError(
    'malformed',
    'malformed-request',
    'The request could not be read: it is not valid JSON or not a valid address.',
  )
}

export function problemOf(error: AppError, requestId: string): Problem {
  const { fields, retryAfterSeconds, limit, resetsAt } = error.details
  return {
    type: `/problems/${error.code}`,
    title: titles[error.status] ?? 'Refused',
    status: error.status,
    code: error.code,
    detail: error.message,
    requestId,
    ...(fields === undefined ? {} : { fields }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(limit === undefined ? {} : { limit }),
    ...(resetsAt === undefined ? {} : { resetsAt: resetsAt.toISOString() }),
  }
}

export function sendProblem(response: Response, error: AppError, requestId: string): void {
  const problem = problemOf(error, requestId)
  if (problem.retryAfterSeconds !== undefined)
    response.set('Retry-After', String(Math.ceil(problem.retryAfterSeconds)))
  response
    .status(problem.status)
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}

/** The last middleware: every error ends as a problem; unknown ones as 500 `internal` and nothing else. */
export function problemHandler(log: Log) {
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const requestId = requestIdOf(request)
    const known = translate(error)
    if (!known || known.code === 'service-unavailable')
      log.error('request-failed', { requestId, method: request.method, error })
    // Not request.destroyed: that is true as soon as the body has been read.
    if (response.headersSent || response.destroyed) {
      response.destroy()
      return
    }
    if (known) sendProblem(response, known, requestId)
    else
      response
        .status(500)
        .type('application/problem+json')
        .send(
          JSON.stringify({
            type: '/problems/internal',
            title: 'Our fault',
            status: 500,
            code: 'internal',
            detail: `Something went wrong on our side. Try again; if it stays, tell us this number: ${requestId}`,
            requestId,
          } satisfies Problem),
        )
  }
}
