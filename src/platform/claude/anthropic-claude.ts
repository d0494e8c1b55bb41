import timers from 'node:timers/promises'
import Anthropic, { AuthenticationError, NotFoundError, PermissionDeniedError } from '@anthropic-ai/sdk'
import {
  type Claude,
  type ClaudeAnswer,
  ClaudeError,
  type ClaudeListener,
  type ClaudeRequest,
  type ClaudeUsage,
} from './claude.ts'
import { pauseBeforeRetryMs, translate } from './failures.ts'
import { type AnswerLimits, startWatchdog, type Watchdog } from './watchdog.ts'

/** Room for thinking as well: it counts against the same number. */
const MAX_OUTPUT_TOKENS = 6000

interface Settings {
  apiKey: string
  baseUrl: string | null
  limits: AnswerLimits
}

/** The effort is the same for every message: another one would make the cache of a conversation worthless. */
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

function usageOf(
  usage: Partial<Anthropic.Usage> | Anthropic.MessageDeltaUsage,
  before: ClaudeUsage,
): ClaudeUsage {
  return {
    inputTokens: usage.input_tokens ?? before.inputTokens,
    outputTokens: usage.output_tokens ?? before.outputTokens,
    cacheReadInputTokens: usage.cache_read_input_tokens ?? before.cacheReadInputTokens,
    cacheCreationInputTokens: usage.cache_creation_input_tokens ?? before.cacheCreationInputTokens,
  }
}

const NO_USAGE: ClaudeUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadInputTokens: 0,
  cacheCreationInputTokens: 0,
}

/** Why a message that came whole is still no answer. */
function failureOf(stopReason: Anthropic.Message['stop_reason'], text: string): ClaudeError['code'] | null {
  if (stopReason === 'refusal') return 'refused'
  if (stopReason === 'model_context_window_exceeded') return 'too-long'
  if (stopReason === 'max_tokens') return 'answer-too-long'
  return text.trim() === '' ? 'cut-off' : null
}

async function streamOnce(
  client: Anthropic,
  request: ClaudeRequest,
  listener: ClaudeListener,
  watchdog: Watchdog,
): Promise<ClaudeAnswer> {
  const stream = client.messages.stream(paramsOf(request), { signal: watchdog.signal })
  let text = ''
  let usage = NO_USAGE
  for await (const event of stream) {
    watchdog.feed()
    if (event.type === 'message_start') usage = usageOf(event.message.usage, usage)
    if (event.type === 'message_delta') usage = usageOf(event.usage, usage)
    if (event.type === 'message_start' || event.type === 'message_delta') listener.onUsage(usage)
    if (event.type !== 'content_block_delta' || event.delta.type !== 'text_delta') continue
    watchdog.hearWords()
    text += event.delta.text
    listener.onText(event.delta.text)
  }
  // Rejects when the stream ended without message_stop, which the loop above does not notice.
  const message = await stream.finalMessage()
  const upstreamRequestId = stream.request_id ?? null
  const failure = failureOf(message.stop_reason, text)
  if (failure !== null) throw new ClaudeError(failure, { upstreamRequestId })
  return { text, model: message.model, upstreamRequestId, usage }
}

/** Tries again only while nothing of the answer has come, and never longer than the first words may take. */
async function streamWithRetries(
  client: Anthropic,
  request: ClaudeRequest,
  listener: ClaudeListener,
  watchdog: Watchdog,
): Promise<ClaudeAnswer> {
  let hasBegun = false
  const noting: ClaudeListener = {
    ...listener,
    onUsage(usage) {
      hasBegun = true
      listener.onUsage(usage)
    },
  }
  for (let tries = 1; ; tries += 1) {
    try {
      return await streamOnce(client, request, noting, watchdog)
    } catch (error) {
      const pauseMs = hasBegun || watchdog.signal.aborted ? null : pauseBeforeRetryMs(error, tries)
      if (pauseMs === null) throw error
      await timers.setTimeout(pauseMs, undefined, { signal: watchdog.signal })
    }
  }
}

/** Claude through the vendor's SDK: only text goes, only text comes back, and an answer counts once it is whole. */
export function createAnthropicClaude(settings: Settings): Claude {
  const client = new Anthropic({
    apiKey: settings.apiKey,
    baseURL: settings.baseUrl,
    maxRetries: 0,
    timeout: settings.limits.headerMs,
    logLevel: 'off',
    openTelemetry: false,
  })

  return {
    async answer(request, listener) {
      const watchdog = startWatchdog(settings.limits, listener.signal)
      try {
        return await streamWithRetries(client, request, listener, watchdog)
      } catch (error) {
        if (listener.signal.aborted) throw listener.signal.reason
        throw watchdog.hasFired() ? new ClaudeError('stalled', { cause: error }) : translate(error)
      } finally {
        watchdog.stop()
      }
    },

    async checkModel(model) {
      try {
        const { lifecycle } = await client.models.retrieve(model)
        return lifecycle === 'retired' || lifecycle === 'deprecated' ? lifecycle : 'usable'
      } catch (error) {
        // A proxy on the way may find nothing as well; only the vendor knows its models.
        if (error instanceof NotFoundError) return error.type === 'not_found_error' ? 'absent' : 'unknown'
        if (error instanceof AuthenticationError || error instanceof PermissionDeniedError)
          return 'key-refused'
        return 'unknown'
      }
    },
  }
}
