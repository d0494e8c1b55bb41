import Anthropic, {
  APIConnectionError,
  APIError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
} from '@anthropic-ai/sdk'
import { type Claude, type ClaudeAnswer, ClaudeError, type ClaudeRequest } from './claude.ts'

/** Room for thinking as well: it counts against the same number. */
const MAX_OUTPUT_TOKENS = 6000
const HEADER_TIMEOUT_MS = 20_000
const IDLE_LIMIT_MS = 30_000
const TOTAL_LIMIT_MS = 180_000

interface Settings {
  apiKey: string
  baseUrl: string | null
}

function paramsOf(request: ClaudeRequest): Anthropic.MessageStreamParams {
  return {
    model: request.model,
    max_tokens: MAX_OUTPUT_TOKENS,
    output_config: { effort: 'medium' },
    cache_control: { type: 'ephemeral' },
    metadata: { user_id: request.userTag },
    system: [
      { type: 'text', text: request.rules },
      { type: 'text', text: request.analysis, cache_control: { type: 'ephemeral' } },
    ],
    messages: request.turns.map(({ role, text }) => ({ role, content: text })),
  }
}

function isSpendLimit(error: APIError): boolean {
  return error.status === 429 && !error.headers?.get('retry-after')
}

function translate(error: unknown): ClaudeError {
  if (error instanceof ClaudeError) return error
  if (error instanceof APIConnectionError) return new ClaudeError('unreachable', null, error)
  if (
    error instanceof AuthenticationError ||
    error instanceof BadRequestError ||
    error instanceof NotFoundError ||
    error instanceof PermissionDeniedError
  )
    return new ClaudeError('misconfigured', error.requestID ?? null, error)
  if (error instanceof APIError)
    return new ClaudeError(isSpendLimit(error) ? 'spend-limit' : 'overloaded', error.requestID ?? null, error)
  return new ClaudeError('cut-off', null, error)
}

/** Ends a stream that stays silent too long, or lasts too long; pings do not count as life. */
function startWatchdog(abort: () => void) {
  let idle = setTimeout(abort, HEADER_TIMEOUT_MS + IDLE_LIMIT_MS)
  const total = setTimeout(abort, TOTAL_LIMIT_MS)
  return {
    feed() {
      clearTimeout(idle)
      idle = setTimeout(abort, IDLE_LIMIT_MS)
    },
    stop() {
      clearTimeout(idle)
      clearTimeout(total)
    },
  }
}

/** Claude through the vendor's SDK: only text goes, only text comes back, and an answer counts once it is whole. */
export function createAnthropicClaude(settings: Settings): Claude {
  const client = new Anthropic({
    apiKey: settings.apiKey,
    baseURL: settings.baseUrl,
    maxRetries: 1,
    timeout: HEADER_TIMEOUT_MS,
    logLevel: 'off',
    openTelemetry: false,
  })

  return {
    async answer(request, { signal, onText }) {
      const inner = new AbortController()
      const stopInner = () => inner.abort()
      signal.addEventListener('abort', stopInner, { once: true })
      if (signal.aborted) inner.abort()
      let hasStalled = false
      const watchdog = startWatchdog(() => {
        hasStalled = true
        inner.abort()
      })
      try {
        return await streamOnce(client, request, inner.signal, onText, watchdog.feed)
      } catch (error) {
        if (signal.aborted) throw signal.reason
        throw hasStalled ? new ClaudeError('stalled', null, error) : translate(error)
      } finally {
        watchdog.stop()
        signal.removeEventListener('abort', stopInner)
      }
    },
  }
}

async function streamOnce(
  client: Anthropic,
  request: ClaudeRequest,
  signal: AbortSignal,
  onText: (delta: string) => void,
  feed: () => void,
): Promise<ClaudeAnswer> {
  const stream = client.messages.stream(paramsOf(request), { signal })
  let text = ''
  for await (const event of stream) {
    feed()
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
      text += event.delta.text
      onText(event.delta.text)
    }
  }
  // Rejects when the stream ended without message_stop, which the loop above does not notice.
  const message = await stream.finalMessage()
  const upstreamRequestId = stream.request_id ?? null
  if (message.stop_reason === 'refusal') throw new ClaudeError('refused', upstreamRequestId)
  if (message.stop_reason === 'model_context_window_exceeded')
    throw new ClaudeError('too-long', upstreamRequestId)
  if (message.stop_reason === 'max_tokens' || text.trim() === '')
    throw new ClaudeError('cut-off', upstreamRequestId)
  return {
    text,
    model: message.model,
    upstreamRequestId,
    usage: {
      inputTokens: message.usage.input_tokens,
      outputTokens: message.usage.output_tokens,
      cacheReadInputTokens: message.usage.cache_read_input_tokens ?? 0,
      cacheCreationInputTokens: message.usage.cache_creation_input_tokens ?? 0,
    },
  }
}
