import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createFormCheck, type Form, readForm } from './stripe-forms.ts'
import { type Answer, createRoutes, type Kept, refusal } from './stripe-routes.ts'
import { StripeWorld } from './stripe-world.ts'

/** A Stripe of the tests' own for the calls the service makes: strict about forms, idempotent, able to fail. */
export type Fault =
  /** Nothing was done, and nobody says so. */
  | 'reset-before'
  /** The work was done, and the answer got lost. */
  | 'reset-after'
  /** Refused before any work: the next try starts afresh. */
  | 'unavailable'
  /** The work was done, then something broke: the key replays this failure for a day, as the real one does. */
  | 'error-after'
  | 'rate-limit'

export interface CountedEvent {
  identifier: string
  eventName: string
  customerId: string
  value: string
  timestampSeconds: number
}

export interface StripeServer {
  url: string
  world: StripeWorld
  customers: { id: string; metadata: Record<string, string> }[]
  counted: CountedEvent[]
  /** The body of every request, as it came. */
  bodies: string[]
  /** Method and address of every request. */
  calls: string[]
  /** Products, portal, endpoints: what stripe-setup makes. */
  kept: Kept
  /** One for each of the next calls that write, in this order; afterwards all goes well. */
  failNext(...faults: Fault[]): void
  /** As `failNext`, decided for each call that writes; undefined ends it. */
  failBy(decide: (() => Fault | undefined) | undefined): void
  /** Nobody answers any call until it is back. */
  setDown(isDown: boolean): void
  /** Calls for this identifier fail for good, without any work. */
  rejectIdentifier(identifier: string): void
  close(): Promise<void>
}

const API_VERSION = '2026-10-28.endive'

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function send(
  response: ServerResponse,
  { status, body }: Answer,
  headers: Record<string, string> = {},
): void {
  const retry = status === 400 ? { 'stripe-should-retry': 'false' } : {}
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': 'req_test',
    ...retry,
    ...headers,
  })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

function sendPage(response: ServerResponse, { status, html, location }: HostedAnswer): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    ...(location ? { location } : {}),
  })
  response.end(html)
}

export interface HostedAnswer {
  status: number
  html: string
  location?: string
}

/** Answers what a visitor's browser asks of Stripe's own pages; undefined: not such a page. */
export type HostedPages = (method: string, path: string, form: Form) => HostedAnswer | undefined

export interface StripeServerOptions {
  port?: number
  pages?: (world: StripeWorld) => HostedPages
}

/** @param now the clock that the age of events is judged by, and that renewals follow */
export async function startStripeServer(
  now: () => Date,
  options: StripeServerOptions = {},
): Promise<StripeServer> {
  const world = new StripeWorld(now)
  const counted: CountedEvent[] = []
  const bodies: string[] = []
  const calls: string[] = []
  const rejected = new Set<string>()
  const answers = new Map<string, { params: string; answer: Answer }>()
  const checkForm = createFormCheck()
  const kept: Kept = { configurations: [], endpoints: [], destinations: [], meters: [] }
  let faults: Fault[] = []
  let decide: (() => Fault | undefined) | undefined
  let isDown = false
  let url = ''
  const route = createRoutes({ world, counted, rejected, kept, now, url: () => url })
  const pages = options.pages?.(world)

  function work(method: string, path: string, form: Form): Answer {
    const fault = path.startsWith('/v1/') ? checkForm(method, path, form) : undefined
    if (fault) return refusal(`Form: ${fault}`)
    world.settle()
    return route(method, path, form) ?? refusal('Unrecognized request URL', 'invalid_request_error', 404)
  }

  function refuseHeaders(request: IncomingMessage, isForm: boolean): Answer | undefined {
    if (!/^Bearer sk_test_\w+$/.test(request.headers.authorization ?? ''))
      return refusal('Invalid API Key', 'invalid_request_error', 401)
    if (request.headers['stripe-version'] !== API_VERSION) return refusal('Unknown version')
    const type = request.headers['content-type'] ?? ''
    if (isForm && !type.startsWith('application/x-www-form-urlencoded')) return refusal('Not a form')
    return undefined
  }

  function isHosted(request: IncomingMessage, response: ServerResponse, path: string, text: string): boolean {
    const page = pages?.(request.method ?? '', path, readForm(text))
    if (page) sendPage(response, page)
    return page !== undefined
  }

  function handleWrite(request: IncomingMessage, response: ServerResponse, path: string, text: string): void {
    const isJson = path.startsWith('/v2/')
    const refused = refuseHeaders(request, request.method === 'POST' && !isJson)
    if (refused) return void send(response, refused)
    const key = String(request.headers['idempotency-key'] ?? '')
    if (key === '' && request.method === 'POST')
      return void send(response, refusal('The tests ask for an idempotency key on every call'))
    const known = key === '' ? undefined : answers.get(key)
    if (known && known.params !== text)
      return void send(
        response,
        refusal('Keys can only be used with the same parameters', 'idempotency_error'),
      )
    if (known) return void send(response, known.answer, { 'idempotent-replayed': 'true' })

    const fault = faults.shift() ?? decide?.()
    if (fault === 'reset-before') return void request.socket.destroy()
    if (fault === 'unavailable') return void send(response, refusal('Try later', 'api_error', 503))
    if (fault === 'rate-limit')
      return void send(response, refusal('Too many requests', 'rate_limit_error', 429))
    const form: Form = isJson ? { json: text } : readForm(text)
    const done = work(request.method ?? '', path, form)
    // Kept as it was said: later changes of the thing do not change an answer given.
    const said: Answer = { status: done.status, body: JSON.stringify(done.body) }
    const answer = fault === 'error-after' ? refusal('Something went wrong', 'api_error', 500) : said
    if (key !== '') answers.set(key, { params: text, answer })
    if (fault === 'reset-after') return void request.socket.destroy()
    send(response, answer)
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, search } = new URL(request.url ?? '/', 'http://localhost')
    const text = await readBody(request)
    if (isHosted(request, response, path, text)) return
    calls.push(`${request.method} ${request.url}`)
    if (isDown) return void request.socket.destroy()
    if (request.method === 'GET') {
      const refused = refuseHeaders(request, false)
      return send(response, refused ?? work('GET', path, readForm(search.slice(1))))
    }
    bodies.push(text)
    handleWrite(request, response, path, text)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined)
    })
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The test server has no port')
  url = `http://127.0.0.1:${address.port}`
  return {
    url,
    world,
    get customers() {
      return [...world.customers.values()].filter(({ deleted }) => !deleted)
    },
    counted,
    bodies,
    calls,
    kept,
    failNext: (...next) => {
      faults = next
    },
    failBy: (next) => {
      decide = next
    },
    setDown: (value) => {
      isDown = value
    },
    rejectIdentifier: (identifier) => void rejected.add(identifier),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
