/** Answers this process is producing right now: they belong to the server, not to the connection that asked. */
const inFlight = new Map<string, AbortController>()

export type StopReason = 'stopped by the user' | 'interrupted' | 'deleted'

export function beginAnswer(answerId: string): AbortController {
  const controller = new AbortController()
  inFlight.set(answerId, controller)
  return controller
}

export function endAnswer(answerId: string): void {
  inFlight.delete(answerId)
}

/** False when the answer is not being made in this process. */
export function stopAnswerHere(answerId: string, reason: StopReason): boolean {
  const controller = inFlight.get(answerId)
  controller?.abort(reason)
  return controller !== undefined
}

/** When the process drains: every answer ends now and says that it was interrupted. */
export function interruptAnswersHere(): void {
  for (const controller of inFlight.values()) controller.abort('interrupted' satisfies StopReason)
}

export function countAnswersHere(): number {
  return inFlight.size
}
