import { AppError } from '../errors.ts'
import type { EventStream } from './sse.ts'

/** Streams that one account may follow at once in one process: several windows, and no more. */
export const STREAMS_PER_ACCOUNT = 10
const RETRY_AFTER_SECONDS = 15

const openStreams = new Map<string, number>()

/**
 * Opens a stream for an account unless it follows too many already; counted until it closes.
 * @throws AppError exhausted
 */
export function openForAccount(userId: string, open: () => EventStream): EventStream {
  const count = openStreams.get(userId) ?? 0
  if (count >= STREAMS_PER_ACCOUNT)
    throw new AppError(
      'exhausted',
      'too-many-streams',
      `This account follows ${STREAMS_PER_ACCOUNT} things at once already. Close a window and try again.`,
      { retryAfterSeconds: RETRY_AFTER_SECONDS },
    )
  openStreams.set(userId, count + 1)
  const stream = open()
  stream.whenClosed(() => {
    const left = (openStreams.get(userId) ?? 1) - 1
    if (left > 0) openStreams.set(userId, left)
    else openStreams.delete(userId)
  })
  return stream
}
