import type { RequestHandler } from 'express'
import { AppError } from '../errors.ts'

const RETRY_AFTER_SECONDS = 5

/** So many of these requests are worked on at once in this process; the rest is refused before anything is done for it. */
export function fewAtOnce(most: number): RequestHandler {
  let count = 0
  return (_request, response, next) => {
    // Whoever has left already would never give their place back.
    if (response.closed) return
    if (count >= most)
      throw new AppError(
        'unavailable',
        'too-busy',
        'Too many people do this right now. Try again in a few seconds.',
        { retryAfterSeconds: RETRY_AFTER_SECONDS },
      )
    count += 1
    response.once('close', () => {
      count -= 1
    })
    next()
  }
}
