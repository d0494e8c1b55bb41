import type { NextFunction, Request, Response } from 'express'

/** A browser that is still sending needs this long to notice the answer; whoever goes on after that is cut off. */
const DRAIN_LIMIT_MS = 3000

/** Once a request is answered, the rest of its body is read for a moment so that the client sees why, then no more. */
export function cutOffRest(request: Request, response: Response, next: NextFunction): void {
  response.once('finish', () => {
    if (request.complete) return
    const timer = setTimeout(() => request.complete || request.socket.destroy(), DRAIN_LIMIT_MS)
    timer.unref()
    request.once('close', () => clearTimeout(timer))
  })
  next()
}
