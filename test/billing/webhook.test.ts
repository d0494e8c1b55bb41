import Stripe from 'stripe'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const SECRET = 'whsec_of_the_tests'
const env = { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: SECRET }
const { webhooks } = new Stripe('sk_test_1')

let service: TestService
let events = 0

function newPayload(): string {
  events += 1
  const created = Math.floor(service.clock.now().getTime() / 1000)
  const object = { object: 'subscription', id: 'sub_1', customer: 'cus_1' }
  // Written with spaces, as Stripe does: whoever parses and writes it again gets other bytes.
  return JSON.stringify(
    {
      id: `evt_${events}`,
      object: 'event',
      type: 'customer.subscription.updated',
      created,
      data: { object },
    },
    null,
    2,
  )
}

function sign(payload: string, options: { secret?: string; ageSeconds?: number } = {}): string {
  const now = Math.floor(service.clock.now().getTime() / 1000)
  const { secret = SECRET, ageSeconds = 0 } = options
  return webhooks.generateTestHeaderString({ payload, secret, timestamp: now - ageSeconds })
}

async function deliver(payload: string, signature?: string): Promise<{ status: number; code: unknown }> {
  const call = request(service.app).post('/api/stripe/webhook').set('Content-Type', 'application/json')
  if (signature !== undefined) call.set('Stripe-Signature', signature)
  const response = await call.send(payload)
  return { status: response.status, code: response.body.code }
}

function recorded(payload: string) {
  const id: unknown = JSON.parse(payload).id
  return service.ctx.db.selectFrom('stripe_events').selectAll().where('id', '=', String(id)).execute()
}

const taken = { status: 200, code: undefined }
const refused = { status: 400, code: 'billing/bad-signature' }

describe.each(databaseKinds)("Stripe's events on %s (T12)", (kind) => {
  beforeAll(async () => {
    service = await openTestService({ kind, env, withWorkers: false })
  })
  afterAll(() => service.close())

  test('with a good signature are recorded, with their own time', async () => {
    const payload = newPayload()
    expect(await deliver(payload, sign(payload))).toEqual(taken)
    expect(await recorded(payload)).toMatchObject([{ type: 'customer.subscription.updated' }])
  })

  test('delivered six times at once and again later are recorded once', async () => {
    const payload = newPayload()
    const signature = sign(payload)
    const answers = await Promise.all(Array.from({ length: 6 }, () => deliver(payload, signature)))
    expect(answers).toEqual(Array.from({ length: 6 }, () => taken))
    service.clock.advance(120_000)
    expect(await deliver(payload, sign(payload))).toEqual(taken)
    expect(await recorded(payload)).toHaveLength(1)
  })

  test.each<[string, (payload: string) => string | undefined]>([
    ['no signature', () => undefined],
    ['an empty signature', () => ''],
    ['a signature of another secret', (payload) => sign(payload, { secret: 'whsec_of_somebody_else' })],
    ['a signature of another event', () => sign(newPayload())],
    ['a signature without a time', (payload) => sign(payload).replace(/t=\d+,/, '')],
    ['a signature with a second, younger time', (payload) => `t=9999999999,${sign(payload)}`],
    ['only an old scheme', (payload) => sign(payload).replace('v1=', 'v0=')],
    ['301 s of age', (payload) => sign(payload, { ageSeconds: 301 })],
    ['a date 61 s ahead', (payload) => sign(payload, { ageSeconds: -61 })],
    ['a date of tomorrow', (payload) => sign(payload, { ageSeconds: -86_400 })],
  ])('with %s are refused and not recorded', async (_what, signature) => {
    const payload = newPayload()
    expect(await deliver(payload, signature(payload))).toEqual(refused)
    expect(await recorded(payload)).toEqual([])
  })

  test('299 s old or dated 59 s ahead are taken: clocks differ', async () => {
    for (const ageSeconds of [299, -59]) {
      const payload = newPayload()
      expect(await deliver(payload, sign(payload, { ageSeconds }))).toEqual(taken)
    }
  })

  test('changed by a byte, or parsed and written again, are refused', async () => {
    const payload = newPayload()
    const signature = sign(payload)
    const changed = [
      payload.replace('sub_1', 'sub_2'),
      JSON.stringify(JSON.parse(payload)),
      `${payload} `,
      '',
    ]
    for (const body of changed) expect(await deliver(body, signature)).toEqual(refused)
    expect(await recorded(payload)).toEqual([])
    expect(await deliver(payload, signature)).toEqual(taken)
  })

  test('larger than any event are refused before they are read whole', async () => {
    const payload = 'x'.repeat(600_000)
    expect(await deliver(payload, sign(payload))).toEqual({ status: 413, code: 'body-too-large' })
  })
})

test('without Stripe the service says so, and takes nothing', async () => {
  service = await openTestService({ withWorkers: false })
  const payload = newPayload()
  expect(await deliver(payload, sign(payload))).toEqual({ status: 503, code: 'billing/not-configured' })
  expect(await recorded(payload)).toEqual([])
  await service.close()
})
