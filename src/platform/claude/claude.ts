/** Why an answer did not come, in our words; vendor messages never reach a user. */
export type ClaudeFailure =
  | 'unreachable'
  | 'overloaded'
  | 'spend-limit'
  | 'misconfigured'
  | 'stalled'
  | 'cut-off'
  | 'refused'
  | 'too-long'

export class ClaudeError extends Error {
  override readonly name = 'ClaudeError'
  readonly code: ClaudeFailure
  readonly upstreamRequestId: string | null

  constructor(code: ClaudeFailure, upstreamRequestId: string | null = null, cause?: unknown) {
    super(`Claude: ${code}`, { cause })
    this.code = code
    this.upstreamRequestId = upstreamRequestId
  }
}

export interface Turn {
  role: 'user' | 'assistant'
  text: string
}

export interface ClaudeRequest {
  model: string
  /** The same for every user and every analysis: cached by all. */
  rules: string
  /** The results of one analysis: cached from the second message on. */
  analysis: string
  turns: Turn[]
  /** Opaque tag of the user, not their id. */
  userTag: string
}

export interface ClaudeAnswer {
  text: string
  model: string
  usage: {
    inputTokens: number
    outputTokens: number
    cacheReadInputTokens: number
    cacheCreationInputTokens: number
  }
  upstreamRequestId: string | null
}

export interface Claude {
  /** Streams one answer. @throws ClaudeError; AbortError when `signal` stops it. */
  answer(
    request: ClaudeRequest,
    options: { signal: AbortSignal; onText(delta: string): void },
  ): Promise<ClaudeAnswer>
}
