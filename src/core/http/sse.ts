import type { Response } from 'express'

const HEARTBEAT_MS = 15_000
/** Whoever does not read is not waited for: what was written and not taken may be this much. */
const UNREAD_LIMIT_BYTES = 2_000_000

const beating = new Set<Response>()
// One clock for all: ten thousand timers would be ten thousand objects.
setInterval(() => {
  for (const response of beating) response.write(': still here\n\n')
}, HEARTBEAT_MS).unref()

/** A stream of server-sent events; writing after the reader left does nothing. */
export interface EventStream {
  /** `id` is what a reader that lost the line sends back as Last-Event-ID. */
  send(event: string, data: unknown, id?: string): void
  end(): void
  /** Called once the stream is over, whoever ended it; at once when it is over already. */
  whenClosed(listener: () => void): void
  readonly isOpen: boolean
}

export function openEventStream(response: Response, onClose: () => void = () => undefined): EventStream {
  response.status(200)
  response.set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  })
  response.flushHeaders()
  const isOpen = () => !response.writableEnded && !response.destroyed
  if (isOpen()) beating.add(response)
  response.on('close', () => {
    beating.delete(response)
    onClose()
  })
  return {
    send(event, data, id) {
      if (response.writableLength > UNREAD_LIMIT_BYTES) response.destroy()
      const idLine = id === undefined ? '' : `id: ${id}\n`
      if (isOpen()) response.write(`${idLine}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    },
    end() {
      beating.delete(response)
      if (isOpen()) response.end()
    },
    whenClosed(listener) {
      if (isOpen()) response.once('close', listener)
      else listener()
    },
    get isOpen() {
      return isOpen()
    },
  }
}
