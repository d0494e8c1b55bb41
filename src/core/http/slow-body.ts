import type { NextFunction, Request, Response } from 'express'
import { SECOND_MS } from '../clock.ts'

/** A small body is there in a moment, also over a telephone. */
const SMALL_BODY_MS = 20 * SECOND_MS
/** An upload may take its time, but it must go on: an eighth of a slow line of 1 Mbit/s. */
const LEAST_BYTES_PER_SECOND = 16_000
const LOOK_EVERY_MS = 30 * SECOND_MS

function endWith(request: Request, timer: NodeJS.Timeout): void {
  timer.unref()
  const stop = () => clearInterval(timer)
  request.once('end', stop)
  request.once('close', stop)
}

/** Whoever sends a small body byte by byte is cut off. */
export function requirePromptBody(request: Request, _response: Response, next: NextFunction): void {
  endWith(
    request,
    setTimeout(() => request.socket.destroy(), SMALL_BODY_MS),
  )
  next()
}

/** Whoever sends an upload slower than any honest line is cut off. */
export function requireSteadyUpload(request: Request, _response: Response, next: NextFunction): void {
  let before = request.socket.bytesRead
  const look = () => {
    const now = request.socket.bytesRead
    if ((now - before) / (LOOK_EVERY_MS / SECOND_MS) < LEAST_BYTES_PER_SECOND) request.socket.destroy()
    before = now
  }
  endWith(request, setInterval(look, LOOK_EVERY_MS))
  next()
}
