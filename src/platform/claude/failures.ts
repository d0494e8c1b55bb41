import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
} from '@anthropic-ai/sdk'
import { ClaudeError } from './claude.ts'

const MAX_TRIES = 3
/** A header that does not come costs its whole limit: a third wait would outlast the patience of a person. */
const MAX_TRIES_WITHOUT_HEADER = 2
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 5000
const TOO_LARGE = 413

function retryAfterSeconds(error: APIError): number | null {
  const value = Number(error.headers?.get('retry-after') ?? Number.NaN)
  return Number.isFinite(value) && value >= 0 ? value : null
}

/** The vendor's spend limit says 429 as well, but names no time to come back. */
function isSpendLimit(error: APIError): boolean {
  return error.status === 429 && retryAfterSeconds(error) === null
}

function isOurFault(error: unknown): boolean {
  return (
    error instanceof AuthenticationError ||
    error instanceof BadRequestError ||
    error instanceof NotFoundError ||
    error instanceof PermissionDeniedError
  )
}

/** An error of the SDK in our words. */
export function translate(error: unknown): ClaudeError {
  if (error instanceof ClaudeError) return error
  if (error instanceof APIConnectionError) return new ClaudeError('unreachable', { cause: error })
  if (!(error instanceof APIError)) return new ClaudeError('cut-off', { cause: error })
  const facts = { upstreamRequestId: error.requestID ?? null, cause: error }
  if (error.status === TOO_LARGE) return new ClaudeError('too-long', facts)
  if (isOurFault(error)) return new ClaudeError('misconfigured', facts)
  if (isSpendLimit(error)) return new ClaudeError('spend-limit', facts)
  return new ClaudeError('overloaded', { ...facts, retryAfterSeconds: retryAfterSeconds(error) })
}

/**
 * How long to wait before the next try; null when another try makes no sense or would keep a person waiting. The SDK's
 * own retries are off: they sleep as long as a retry-after says.
 */
export function pauseBeforeRetryMs(error: unknown, tries: number): number | null {
  const pauseMs = FIRST_PAUSE_MS * 2 ** (tries - 1) * (1 + Math.random() / 4)
  if (error instanceof APIConnectionTimeoutError) return tries < MAX_TRIES_WITHOUT_HEADER ? pauseMs : null
  if (tries >= MAX_TRIES) return null
  if (error instanceof APIConnectionError) return pauseMs
  if (!(error instanceof APIError) || error.status === undefined || isSpendLimit(error)) return null
  if (error.headers?.get('x-should-retry') === 'false') return null
  if (error.status !== 429 && error.status < 500) return null
  const wantedMs = (retryAfterSeconds(error) ?? 0) * 1000
  return wantedMs > LONGEST_PAUSE_MS ? null : Math.max(wantedMs, pauseMs)
}
