import { type Problem, problemSchema } from '../../src/core/contract.ts'

/** A refusal of the API, or a failure to reach it, as something that can be thrown and shown. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem, cause?: unknown) {
    super(problem.detail, { cause })
    this.name = 'ApiProblem'
    this.problem = problem
  }

  get code(): string {
    return this.problem.code
  }

  get status(): number {
    return this.problem.status
  }
}

function ownProblem(code: string, title: string, detail: string, status = 0): Problem {
  return { type: 'about:blank', title, status, code, detail, requestId: '' }
}

/** The request got no answer at all: network down, server away, or the connection cut. */
export function unreachable(cause?: unknown): ApiProblem {
  return new ApiProblem(
    ownProblem(
      'web/unreachable',
      'No connection to TrackSensei',
      'Nothing came back. Check your connection and try again.',
    ),
    cause,
  )
}

/** The answer came, but not in the shape that was agreed: page and server are of different versions. */
export function unexpectedAnswer(status: number, cause?: unknown): ApiProblem {
  return new ApiProblem(
    ownProblem(
      'web/unexpected-answer',
      'An answer this page does not understand',
      'The service may just have been updated. Reload the page and try again.',
      status,
    ),
    cause,
  )
}

/** Reads a refusal's body; what is no problem document becomes one that says so. */
export function problemFromBody(status: number, body: string): ApiProblem {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch (cause) {
    return unexpectedAnswer(status, cause)
  }
  const parsed = problemSchema.safeParse(json)
  return parsed.success ? new ApiProblem(parsed.data) : unexpectedAnswer(status, parsed.error)
}

/** Any thrown value as a problem to show. */
export function toProblem(error: unknown): Problem {
  return error instanceof ApiProblem ? error.problem : unexpectedAnswer(0, error).problem
}

/** Whether it is unknown what became of a request: anything but the server's own word that it refuses. */
export function isLost(error: unknown): boolean {
  const isRefusal = error instanceof ApiProblem && error.status >= 400 && error.status < 500
  return error instanceof Error && !isRefusal
}
