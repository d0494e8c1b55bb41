export type StopReason = 'stopped by the user' | 'interrupted' | 'deleted'

export interface FlightListener {
  /** There is more text. */
  onText(): void
  /** How it ended is stored. */
  onEnd(): Promise<void>
}

/** An answer that this process is producing: it belongs to the server, not to the connection that asked. */
export interface Flight {
  readonly signal: AbortSignal
  /** All that was written so far. */
  text(): string
  write(delta: string): void
  abort(reason: StopReason): void
  /** @returns stops listening */
  listen(listener: FlightListener): () => void
  /** Its end is stored: listeners hear of it, and this process makes it no more. */
  land(): Promise<void>
}

const inFlight = new Map<string, Flight>()

export function beginFlight(answerId: string): Flight {
  const controller = new AbortController()
  const listeners = new Set<FlightListener>()
  let text = ''
  let isLanding = false
  const flight: Flight = {
    signal: controller.signal,
    text: () => text,
    write(delta) {
      text += delta
      for (const listener of listeners) listener.onText()
    },
    abort: (reason) => controller.abort(reason),
    listen(listener) {
      listeners.add(listener)
      if (isLanding) void listener.onEnd()
      return () => listeners.delete(listener)
    },
    async land() {
      isLanding = true
      await Promise.allSettled([...listeners].map((listener) => listener.onEnd()))
      inFlight.delete(answerId)
    },
  }
  inFlight.set(answerId, flight)
  return flight
}

/** Undefined when the answer is not being made in this process. */
export function findFlight(answerId: string): Flight | undefined {
  return inFlight.get(answerId)
}

/** When the process drains: every answer ends now and says that it was interrupted. */
export function interruptAnswersHere(): void {
  for (const flight of inFlight.values()) flight.abort('interrupted')
}

export function countAnswersHere(): number {
  return inFlight.size
}
