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
  | 'answer-too-long'

export class ClaudeError extends Error {
  override readonly name = 'ClaudeError'
  readonly code: ClaudeFailure
  readonly upstreamRequestId: string | null
  /** When to try again, where the vendor said so. */
  readonly retryAfterSeconds: number | null

  constructor(
    code: ClaudeFailure,
    facts: { upstreamRequestId?: string | null; retryAfterSeconds?: number | null; cause?: unknown } = {},
  ) {
    super(`Claude: ${code}`, { cause: facts.cause })
    this.code = code
    this.upstreamRequestId = facts.upstreamRequestId ?? null
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null
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

export interface ClaudeUsage {
  inputTokens: number
  outputTokens: number
  cacheReadInputTokens: number
  cacheCreationInputTokens: number
}

export interface ClaudeAnswer {
  text: string
  model: string
  usage: ClaudeUsage
  upstreamRequestId: string | null
}

export interface ClaudeListener {
  signal: AbortSignal
  onText(delta: string): void
  /** What the answer has cost so far, as far as the vendor has said. */
  onUsage(usage: ClaudeUsage): void
}

export interface Claude {
  /** Streams one answer. @throws ClaudeError; the signal's reason when `signal` stops it. */
  answer(request: ClaudeRequest, listener: ClaudeListener): Promise<ClaudeAnswer>
  /** Whether a model may be used; `unknown` when the vendor cannot be asked now. */
  checkModel(
    model: string,
  ): Promise<'usable' | 'deprecated' | 'retired' | 'absent' | 'key-refused' | 'unknown'>
}
