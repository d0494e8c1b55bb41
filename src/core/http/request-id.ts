import { randomUUID } from 'node:crypto'

const ids = new WeakMap<object, string>()

/** The id of a request: made here, never taken from outside; the same in the log, the answer and its header. */
export function requestIdOf(request: object): string {
  const known = ids.get(request)
  if (known) return known
  const id = randomUUID()
  ids.set(request, id)
  return id
}
