import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import { Ajv } from 'ajv'

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
  customers: { id: string; metadata: Record<string, string> }[]
  counted: CountedEvent[]
  /** The body of every request, as it came. */
  bodies: string[]
  /** One for each of the next calls, in this order; afterwards all goes well. */
  failNext(...faults: Fault[]): void
  /** Calls for this identifier fail for good, without any work. */
  rejectIdentifier(identifier: string): void
  close(): Promise<void>
}

const API_VERSION = '2026-10-28.endive'
const OLDEST_EVENT_SECONDS = 35 * 86_400
const LATEST_EVENT_SECONDS = 300

interface Answer {
  status: number
  body: object
}

type Form = Record<string, string | Record<string, string>>

const dataFolder = process.env.TRACKSENSEI_DATA ?? path.resolve(import.meta.dirname, '../../../shared/data')
const documentFile = path.join(dataFolder, 'stripe/operations.openapi.json')
const schemaNames = {
  '/v1/customers': 'P_CustomerCreateParams',
  '/v1/billing/meter_events': 'P_Billing_MeterEventCreateParams',
} as const
type Route = keyof typeof schemaNames

/** Checks forms against the published parameters where that document is at hand; the checks by hand always run. */
function createFormCheck(): (route: Route, form: Form) => string | undefined {
  if (!existsSync(documentFile)) return () => undefined
  const ajv = new Ajv({ strict: false, coerceTypes: true })
  ajv.addSchema({ $id: 'stripe', ...JSON.parse(readFileSync(documentFile, 'utf8')) })
  return (route, form) => {
    const validate = ajv.getSchema(`stripe#/components/schemas/${schemaNames[route]}`)
    if (!validate) throw new Error(`The document does not know ${schemaNames[route]}`)
    return validate(structuredClone(form)) ? undefined : ajv.errorsText(validate.errors)
  }
}

function readForm(text: string): Form {
  const form: Form = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const [, outer, inner] = /^(\w+)\[(\w+)\]$/.exec(name) ?? []
    if (outer === undefined || inner === undefined) {
      form[name] = value
      continue
    }
    const known = form[outer]
    form[outer] = { ...(typeof known === 'object' ? known : {}), [inner]: value }
  }
  return form
}

function refusal(message: string, type = 'invalid_request_error', status = 400): Answer {
  return { status, body: { error: { type, message } } }
}

const text = (value: Form[string] | undefined) => (typeof value === 'string' ? value : '')
const parts = (value: Form[string] | undefined) => (typeof value === 'object' ? value : {})

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
  response.end(JSON.stringify(body))
}

/** @param now the clock that the age of events is judged by */
export async function startStripeServer(now: () => Date): Promise<StripeServer> {
  const customers: StripeServer['customers'] = []
  const counted: CountedEvent[] = []
  let lastCustomer = 0
  const bodies: string[] = []
  const rejected = new Set<string>()
  const answers = new Map<string, { params: string; answer: Answer }>()
  const checkForm = createFormCheck()
  let faults: Fault[] = []

  function createCustomer(form: Form): Answer {
    lastCustomer += 1
    const customer = { id: `cus_${lastCustomer}`, metadata: parts(form.metadata) }
    customers.push(customer)
    return { status: 200, body: { object: 'customer', ...customer } }
  }

  function countEvent(form: Form): Answer {
    const { stripe_customer_id: customerId = '', value = '' } = parts(form.payload)
    const identifier = text(form.identifier)
    const timestampSeconds = Number(text(form.timestamp))
    const ageSeconds = now().getTime() / 1000 - timestampSeconds
    if (rejected.has(identifier)) return refusal('This event cannot be taken.')
    if (!/^\d+$/.test(value)) return refusal('payload[value] must be a whole number written as text')
    if (!customers.some(({ id }) => id === customerId)) return refusal(`No such customer: ${customerId}`)
    if (!(ageSeconds <= OLDEST_EVENT_SECONDS && ageSeconds >= -LATEST_EVENT_SECONDS))
      return refusal('timestamp is too old or lies in the future')
    if (counted.some((event) => event.identifier === identifier))
      return refusal(`An event already exists with identifier ${identifier}.`)
    counted.push({ identifier, eventName: text(form.event_name), customerId, value, timestampSeconds })
    return { status: 200, body: { object: 'billing.meter_event', ...form, livemode: false } }
  }

  function work(route: Route, form: Form): Answer {
    const fault = checkForm(route, form)
    if (fault) return refusal(`Form: ${fault}`)
    return route === '/v1/customers' ? createCustomer(form) : countEvent(form)
  }

  function routeOf(request: IncomingMessage): Route | undefined {
    if (request.method !== 'POST') return undefined
    if (request.url === '/v1/customers' || request.url === '/v1/billing/meter_events') return request.url
    return undefined
  }

  function forgetCustomer(id: string): Answer {
    const at = customers.findIndex((customer) => customer.id === id)
    if (at < 0) {
      const error = {
        type: 'invalid_request_error',
        code: 'resource_missing',
        message: `No such customer: ${id}`,
      }
      return { status: 404, body: { error } }
    }
    customers.splice(at, 1)
    return { status: 200, body: { id, object: 'customer', deleted: true } }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const toForget =
      request.method === 'DELETE' ? /^\/v1\/customers\/(\w+)$/.exec(request.url ?? '')?.[1] : undefined
    if (toForget) {
      await readBody(request)
      return send(response, forgetCustomer(toForget))
    }
    const route = routeOf(request)
    const params = await readBody(request)
    bodies.push(params)
    if (!route) return send(response, refusal('Unrecognized request URL', 'invalid_request_error', 404))
    if (!/^Bearer sk_test_\w+$/.test(request.headers.authorization ?? ''))
      return send(response, refusal('Invalid API Key', 'invalid_request_error', 401))
    if (request.headers['stripe-version'] !== API_VERSION) return send(response, refusal('Unknown version'))
    if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
      return send(response, refusal('Not a form'))

    const key = String(request.headers['idempotency-key'] ?? '')
    if (key === '') return send(response, refusal('The tests ask for an idempotency key on every call'))
    const known = answers.get(key)
    if (known && known.params !== params)
      return send(response, refusal('Keys can only be used with the same parameters', 'idempotency_error'))
    if (known) return send(response, known.answer, { 'idempotent-replayed': 'true' })

    const fault = faults.shift()
    if (fault === 'reset-before') return void request.socket.destroy()
    if (fault === 'unavailable') return send(response, refusal('Try later', 'api_error', 503))
    if (fault === 'rate-limit') return send(response, refusal('Too many requests', 'rate_limit_error', 429))
    const done = work(route, readForm(params))
    const answer = fault === 'error-after' ? refusal('Something went wrong', 'api_error', 500) : done
    answers.set(key, { params, answer })
    if (fault === 'reset-after') return void request.socket.destroy()
    send(response, answer)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The test server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    customers,
    counted,
    bodies,
    failNext: (...next) => {
      faults = next
    },
    rejectIdentifier: (identifier) => void rejected.add(identifier),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
