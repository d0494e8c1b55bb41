import type { z } from 'zod'
import { holdsCardNumber } from '../card-number.ts'
import { AppError } from '../errors.ts'

const places = { path: 'address', query: 'address', body: 'request' } as const

/** Fields that are never kept as they are. */
const neverKept = new Set(['password', 'newPassword', 'token'])

/**
 * What no field may hold: NUL, which no text column can; and the number of a payment card, since payment is made at
 * Stripe alone. @throws AppError invalid
 */
export function refuseNeverTaken(value: unknown, name = '(all)'): void {
  if (typeof value === 'string' && value.includes('\0'))
    throw new AppError(
      'invalid',
      'nul-character',
      'This holds a character that no text can hold (NUL). Remove it, or write the text anew.',
      { fields: { [name]: 'Remove the character NUL.' } },
    )
  if (typeof value === 'string' && holdsCardNumber(value))
    throw new AppError(
      'invalid',
      'card-number',
      'This holds what looks like the number of a payment card. We never want one: take it out and send the rest again.',
      { fields: { [name]: 'Take the card number out.' } },
    )
  if (value === null || typeof value !== 'object') return
  for (const [key, child] of Object.entries(value)) if (!neverKept.has(key)) refuseNeverTaken(child, key)
}

/** What is wrong, in words, by the name of its field. */
export function wrongFields(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) {
    const name =
      issue.path.map(String).join('.') ||
      (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : '(all)')
    fields[name] ??= issue.code === 'unrecognized_keys' ? 'This field is not known.' : issue.message
  }
  return fields
}

/** Parses what came from outside. @throws AppError invalid with one message per field. */
export function parseWith<Schema extends z.ZodType>(
  schema: Schema | undefined,
  value: unknown,
  place: keyof typeof places,
): z.output<Schema>
export function parseWith(
  schema: z.ZodType | undefined,
  value: unknown,
  place: keyof typeof places,
): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value ?? {})
  if (parsed.success) {
    if (place === 'body') refuseNeverTaken(parsed.data)
    return parsed.data
  }
  if (place === 'path') throw new AppError('absent', 'absent', 'There is nothing at this address.')
  const fields = wrongFields(parsed.error)
  const first = Object.entries(fields)[0]
  const detail = first
    ? `Check the ${places[place]}: ${first[0]}: ${first[1]}`
    : `Check the ${places[place]}.`
  throw new AppError('invalid', 'invalid-request', detail, { fields })
}
