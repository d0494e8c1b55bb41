export interface AnswerLimits {
  headerMs: number
  firstWordMs: number
  silenceMs: number
  answerMs: number
}

export interface Watchdog {
  signal: AbortSignal
  /** Something came: the silence begins anew. */
  feed(): void
  /** Words came: from now on only silence and the whole count. */
  hearWords(): void
  hasFired(): boolean
  stop(): void
}

/**
 * Ends an answer whose first words do not come, that falls silent, or that lasts too long. Pings do not count as life:
 * the SDK keeps them to itself.
 */
export function startWatchdog(limits: AnswerLimits, outer: AbortSignal): Watchdog {
  const inner = new AbortController()
  let fired = false
  const fire = () => {
    fired = true
    inner.abort()
  }
  const passOn = () => inner.abort()
  outer.addEventListener('abort', passOn, { once: true })
  if (outer.aborted) inner.abort()
  const total = setTimeout(fire, limits.answerMs)
  const firstWord = setTimeout(fire, limits.firstWordMs)
  let silence: NodeJS.Timeout | undefined
  return {
    signal: inner.signal,
    feed() {
      clearTimeout(silence)
      silence = setTimeout(fire, limits.silenceMs)
    },
    hearWords: () => clearTimeout(firstWord),
    hasFired: () => fired,
    stop() {
      for (const timer of [total, firstWord, silence]) clearTimeout(timer)
      outer.removeEventListener('abort', passOn)
    },
  }
}
