import type { z } from 'zod'
import { ApiProblem } from '../api/problem.ts'

export type FieldErrors = Record<string, string>

/** The first complaint about each field of a form that the contract refuses. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {}
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? '')
    errors[field] ??= issue.message
  }
  return errors
}

/** What the server said about single fields, if the refusal was about fields at all. */
export function serverFieldErrors(error: unknown): FieldErrors {
  return error instanceof ApiProblem ? (error.problem.fields ?? {}) : {}
}
