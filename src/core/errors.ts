/** What kind of refusal it is; each kind has one HTTP status. */
export type ErrorKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'absent'
  | 'gone'
  | 'conflict'
  | 'too-large'
  | 'unsupported'
  | 'spent'
  | 'exhausted'
  | 'unavailable'

export const statusOfKind: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  spent: 402,
  forbidden: 403,
  absent: 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  unsupported: 415,
  invalid: 422,
  exhausted: 429,
  unavailable: 503,
}

export interface ErrorDetails {
  fields?: Record<string, string>
  retryAfterSeconds?: number
  limit?: number
  resetsAt?: Date
  cause?: unknown
}

/** A refusal a person can act on: `code` is stable, `message` says what to do. */
export class AppError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly details: ErrorDetails

  constructor(kind: ErrorKind, code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'AppError'
    this.kind = kind
    this.code = code
    this.details = details
  }

  get status(): number {
    return statusOfKind[this.kind]
  }
}

export function absent(what: string): AppError {
  return new AppError('absent', 'absent', `There is no such ${what}, or it is not yours.`)
}
