import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'

/** A Messages server of the tests' own: strict about what the real one refuses, and able to fail in its ways. */
export type Behaviour =
  | { kind: 'answer'; text: string; delayMsPerDelta?: number }
  | { kind: 'status'; status: number; headers?: Record<string, string>; errorType: string }
  | { kind: 'error-event' }
  | { kind: 'reset' }
  | { kind: 'end-early' }
  | { kind: 'stall' }
  | { kind: 'stall-with-pings' }
  | { kind: 'slow-header'; delayMs: number }
  | { kind: 'context-exceeded' }
  | { kind: 'refusal' }
  | { kind: 'max-tokens' }

const cacheMark = z.strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() })
const textBlock = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  cache_control: cacheMark.optional(),
})

/** More than any request of ours may need; the vendor's own limit is far higher. */
const MAX_BODY_BYTES = 256 * 1024

/** The parameters that today's API takes from us; everything else is a 400, as there. */
const requestSchema = z.strictObject({
  model: z.enum(['claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-opus-5-5']),
  max_tokens: z.number().int().min(1).max(128_000),
  stream: z.literal(true),
  cache_control: cacheMark.optional(),
  output_config: z.strictObject({ effort: z.enum(['low', 'medium', 'high']) }).optional(),
  metadata: z.strictObject({ user_id: z.string().max(256) }).optional(),
  system: z.array(textBlock).min(1),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['user', 'assistant']),
        content: z.union([z.string().min(1), z.array(textBlock).min(1)]),
      }),
    )
    .min(1),
})

type MessagesRequest = z.infer<typeof requestSchema>

export interface Recorded {
  headers: IncomingMessage['headers']
  raw: string
  body: MessagesRequest
  usage: { input_tokens: number; cache_read_input_tokens: number; cache_creation_input_tokens: number }
}

export interface ClaudeServer {
  url: string
  requests: Recorded[]
  /** What the next requests get, one each; after that the last one again. */
  behave(...behaviours: Behaviour[]): void
  /** What a question gets by its words; undefined leaves it to `behave`. */
  behaveBy(choose: (question: string) => Behaviour | undefined): void
  /** Writes these words in place of each piece of an answer, at the moment it leaves. */
  stamp(words: () => string): void
  openConnections(): number
  /** Answers that are being written. */
  openStreams(): number
  close(): Promise<void>
}

const models = new Map([
  ['claude-haiku-5-5', 'active'],
  ['claude-sonnet-5-5', 'active'],
  ['claude-opus-5-5', 'active'],
  ['claude-sonnet-4-5', 'deprecated'],
  ['claude-3-opus', 'retired'],
])

const CHARACTERS_PER_TOKEN = 2.5
const LEAST_CACHEABLE_TOKENS = 512

function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}

function findFault(body: MessagesRequest): string | undefined {
  const marks = body.system.filter((block) => block.cache_control).length + (body.cache_control ? 1 : 0)
  if (marks > 4) return 'A maximum of 4 blocks with cache_control may be provided.'
  if (body.messages[0]?.role !== 'user') return 'messages: first message must use the "user" role'
  if (body.messages.at(-1)?.role !== 'user') return 'This model does not support assistant message prefill.'
  const repeated = body.messages.findIndex((turn, index) => turn.role === body.messages[index - 1]?.role)
  return repeated > 0 ? 'messages: roles must alternate' : undefined
}

/** Prefix after prefix, as the prompt cache counts them: what was written before is read, the rest is written. */
function countCache(body: MessagesRequest, written: Set<string>): Recorded['usage'] {
  const parts = [
    ...body.system.map((block) => ({ text: block.text, isMarked: block.cache_control !== undefined })),
    ...body.messages.map((turn, index) => ({
      text: JSON.stringify(turn),
      isMarked: body.cache_control !== undefined && index === body.messages.length - 1,
    })),
  ]
  let prefix = `${body.model} ${body.output_config?.effort ?? ''}`
  let tokens = 0
  let readTokens = 0
  let markedTokens = 0
  for (const part of parts) {
    prefix = createHash('sha256').update(prefix).update(part.text).digest('hex')
    tokens += tokensOf(part.text)
    if (written.has(prefix)) readTokens = tokens
    if (part.isMarked && tokens >= LEAST_CACHEABLE_TOKENS) {
      markedTokens = tokens
      written.add(prefix)
    }
  }
  return {
    input_tokens: tokens - Math.max(readTokens, markedTokens),
    cache_read_input_tokens: readTokens,
    cache_creation_input_tokens: Math.max(0, markedTokens - readTokens),
  }
}

function sendError(
  response: ServerResponse,
  status: number,
  type: string,
  message: string,
  headers = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': 'req_test_error',
    ...headers,
  })
  response.end(JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_test_error' }))
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function stream(
  response: ServerResponse,
  recorded: Recorded,
  behaviour: Behaviour,
  written: (piece: string) => string,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_test_1' })
  const send = (event: string, data: object) =>
    response.write(`event: ${event}\ndata: ${JSON.stringify({ type: event, ...data })}\n\n`)
  const text =
    behaviour.kind === 'answer'
      ? behaviour.text
      : 'The loudness is -9.1 LUFS [loudness.integratedLufs]. Then '
  const message = {
    id: 'msg_test',
    type: 'message',
    role: 'assistant',
    model: recorded.body.model,
    content: [],
  }
  send('message_start', {
    message: {
      ...message,
      stop_reason: null,
      stop_sequence: null,
      usage: { ...recorded.usage, output_tokens: 1 },
    },
  })
  send('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } })
  send('ping', {})
  send('content_block_delta', { index: 0, delta: { type: 'signature_delta', signature: 'c2lnbmF0dXJl' } })
  send('content_block_stop', { index: 0 })
  send('content_block_start', { index: 1, content_block: { type: 'text', text: '' } })
  for (const delta of text.match(/.{1,12}/gs) ?? []) {
    if (response.destroyed) return
    send('content_block_delta', { index: 1, delta: { type: 'text_delta', text: written(delta) } })
    if (behaviour.kind === 'answer') await pause(behaviour.delayMsPerDelta ?? 0)
  }
  if (behaviour.kind === 'error-event') {
    send('error', { error: { type: 'overloaded_error', message: 'Overloaded' } })
    response.end()
    return
  }
  if (behaviour.kind === 'reset') {
    await pause(100)
    response.destroy()
    return
  }
  if (behaviour.kind === 'end-early') return void response.end()
  if (behaviour.kind === 'stall') return
  if (behaviour.kind === 'stall-with-pings') {
    const pings = setInterval(() => send('ping', {}), 50)
    response.on('close', () => clearInterval(pings))
    return
  }
  send('content_block_stop', { index: 1 })
  const reasons: Partial<Record<Behaviour['kind'], string>> = {
    refusal: 'refusal',
    'max-tokens': 'max_tokens',
    'context-exceeded': 'model_context_window_exceeded',
  }
  const usage = { ...recorded.usage, output_tokens: tokensOf(text) }
  send('message_delta', {
    delta: { stop_reason: reasons[behaviour.kind] ?? 'end_turn', stop_sequence: null },
    usage,
  })
  send('message_stop', {})
  response.end()
}

/** Models as the vendor lists them: one of them is on its way out, one gone. */
function sendModel(request: IncomingMessage, response: ServerResponse): void {
  const id = request.url?.split('/').at(-1) ?? ''
  const lifecycle = models.get(id)
  if (request.headers.authorization === 'Bearer refused') {
    sendError(response, 401, 'authentication_error', 'invalid bearer token')
    return
  }
  if (lifecycle === undefined) {
    sendError(response, 404, 'not_found_error', `model: ${id}`)
    return
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({
      type: 'model',
      id,
      display_name: id,
      created_at: '2026-10-07T00:00:00Z',
      lifecycle,
      retires_at: null,
    }),
  )
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

export async function startClaudeServer(): Promise<ClaudeServer> {
  const requests: Recorded[] = []
  const written = new Set<string>()
  const streams = new Set<ServerResponse>()
  let behaviours: Behaviour[] = [{ kind: 'answer', text: 'The mix measures -9.1 LUFS.' }]

  let stampWords: (() => string) | undefined
  let choose: (question: string) => Behaviour | undefined = () => undefined

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url?.startsWith('/v1/models/'))
      return sendModel(request, response)
    if (request.method !== 'POST' || !request.url?.startsWith('/v1/messages'))
      return sendError(response, 404, 'not_found_error', 'Not found')
    const raw = await readBody(request)
    if (Buffer.byteLength(raw) > MAX_BODY_BYTES)
      return sendError(response, 413, 'request_too_large', 'Request exceeds the maximum size')
    if (!/^Bearer .+/.test(request.headers.authorization ?? ''))
      return sendError(response, 401, 'authentication_error', 'invalid bearer token')
    if (request.headers['anthropic-version'] !== '2026-10-21')
      return sendError(response, 400, 'invalid_request_error', 'anthropic-version: not known here')
    const parsed = requestSchema.safeParse(JSON.parse(raw))
    if (!parsed.success) return sendError(response, 400, 'invalid_request_error', parsed.error.message)
    const fault = findFault(parsed.data)
    if (fault) return sendError(response, 400, 'invalid_request_error', fault)
    const usage = countCache(parsed.data, written)
    const recorded = { headers: request.headers, raw, body: parsed.data, usage }
    requests.push(recorded)
    const { content } = parsed.data.messages.at(-1) ?? { content: '' }
    const chosen = choose(typeof content === 'string' ? content : '')
    const behaviour = chosen ??
      (behaviours.length > 1 ? behaviours.shift() : behaviours[0]) ?? { kind: 'reset' }
    if (behaviour.kind === 'status')
      return sendError(
        response,
        behaviour.status,
        behaviour.errorType,
        'As the test wants it',
        behaviour.headers,
      )
    if (behaviour.kind === 'slow-header') await pause(behaviour.delayMs)
    if (response.destroyed) return
    streams.add(response)
    response.on('close', () => streams.delete(response))
    await stream(response, recorded, behaviour, (piece) => stampWords?.() ?? piece)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The test server has no port')
  const open = new Set<unknown>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    behave: (...next) => {
      behaviours = next
    },
    stamp(words) {
      stampWords = words
    },
    behaveBy(next) {
      choose = next
    },
    openConnections: () => open.size,
    openStreams: () => streams.size,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
