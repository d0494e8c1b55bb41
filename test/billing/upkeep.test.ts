import { spawn } from 'node:child_process'
import path from 'node:path'
import Stripe from 'stripe'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { grantTier } from '../../src/billing/grant-tier.ts'
import { reconcileBilling } from '../../src/billing/reconcile.ts'
import { refreshDuePlans } from '../../src/billing/refresh-due-plans.ts'
import { reportUsage } from '../../src/billing/report-usage.ts'
import { reserveUnit } from '../../src/billing/reserve-unit.ts'
import { setUpStripe } from '../../src/billing/set-up-stripe.ts'
import { commitUnit, refundUnit } from '../../src/billing/settle-unit.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { projectRoot } from '../support/start-service.ts'
import { startStripeServer } from '../support/stripe-server.ts'
import { openTestService } from '../support/test-service.ts'
import {
  createPostman,
  deliver,
  enterForLong,
  newestSubscription,
  openPaidService,
  type PaidService,
  pageId,
  signedEvent,
} from './paying.ts'

const HOUR_MS = 3_600_000
const liveSet = makeLiveSet(['Bass'])

let paid: PaidService
let people = 0
const newPerson = () => enterForLong(paid, `kept${++people}@example.com`)
type Person = Awaited<ReturnType<typeof newPerson>>

beforeAll(async () => {
  paid = await openPaidService('pglite', {
    STRIPE_WEBHOOK_SECRET: 'whsec_new,whsec_of_the_tests',
    STRIPE_METER_WEBHOOK_SECRET: 'whsec_meters',
  })
})
afterAll(() => paid.close())

async function use(person: Person, unit: 'analysis' | 'message' = 'message', isKept = true): Promise<string> {
  const { ctx } = paid.service
  const id = crypto.randomUUID()
  await ctx.db.transaction().execute((tx) => reserveUnit(ctx, tx, person.userId, unit, id))
  await ctx.db
    .transaction()
    .execute((tx) => (isKept ? commitUnit(ctx, tx, id) : refundUnit(ctx, tx, id, 'failed')))
  return id
}

async function buyStudio(person: Person): Promise<void> {
  const { body } = await person.send('post', '/api/plan/change', { tier: 'studio', interval: 'month' })
  paid.stripe.world.payCheckout(pageId(body.url))
}

const tierOf = async (person: Person) => (await person.send('get', '/api/usage')).body.tier

describe('the webhook', () => {
  test('takes the new and the old secret while Stripe changes over', async () => {
    for (const secret of ['whsec_new', 'whsec_of_the_tests']) {
      const event = {
        id: `evt_${secret}`,
        type: 'invoice.paid',
        created: 1,
        object: { object: 'invoice', customer: 'cus_none' },
      }
      const { payload, signature } = signedEvent(event, paid.service.clock.now(), secret)
      const call = request(paid.service.app).post('/api/stripe/webhook').set('Stripe-Signature', signature)
      expect((await call.set('Content-Type', 'application/json').send(payload)).status).toBe(200)
    }
  })

  test('of thin events about meters has a secret of its own, and raises an alarm once', async () => {
    const { webhooks } = new Stripe('sk_test_1')
    const now = paid.service.clock.now()
    const thin = {
      id: 'evt_thin',
      object: 'v2.core.event',
      type: 'v1.billing.meter.error_report_triggered',
      created: now.toISOString(),
      livemode: false,
      related_object: null,
    }
    const payload = JSON.stringify(thin)
    const send = (secret: string) =>
      request(paid.service.app)
        .post('/api/stripe/meter-errors')
        .set('Content-Type', 'application/json')
        .set(
          'Stripe-Signature',
          webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(now.getTime() / 1000) }),
        )
        .send(payload)
    expect((await send('whsec_of_the_tests')).status).toBe(400)
    expect((await send('whsec_meters')).status).toBe(200)
    expect((await send('whsec_meters')).status).toBe(200)
    expect(paid.service.logLines.filter((line) => line.includes('meter-events-not-counted'))).toHaveLength(1)
  })

  test('answers 503 while Stripe cannot be asked, records nothing, and the plan is read as soon as it can', async () => {
    const person = await newPerson()
    await buyStudio(person)
    const event = paid.stripe.world.events.at(-1)
    if (!event) throw new Error('Something happened')
    paid.stripe.setDown(true)
    await expect(deliver(paid, event)).rejects.toMatchObject({
      status: 503,
      code: 'billing/stripe-unreachable',
    })
    const known = await paid.service.ctx.db
      .selectFrom('stripe_events')
      .where('id', '=', event.id)
      .select('id')
      .execute()
    expect(known).toEqual([])
    await expect(refreshDuePlans(paid.service.ctx)).rejects.toThrow()
    paid.stripe.setDown(false)
    await refreshDuePlans(paid.service.ctx)
    expect(await tierOf(person)).toBe('studio')
  })
})

describe('a day without Stripe', () => {
  test('costs nobody what is paid, loses no unit and no event, and heals by itself (TS-11, TS-17)', async () => {
    const person = await newPerson()
    const deliverAll = createPostman(paid)
    await buyStudio(person)
    await deliverAll()
    await reportUsage(paid.service.ctx)
    const one = newestSubscription(paid)
    paid.service.clock.advance(one.end * 1000 - paid.service.clock.now().getTime() - HOUR_MS)
    paid.stripe.setDown(true)
    const counted = paid.stripe.counted.length
    // Over the end of the period: it is renewed there, and nobody can tell.
    for (let hour = 0; hour < 24; hour += 1) {
      paid.service.clock.advance(HOUR_MS)
      await use(person)
      expect(await tierOf(person)).toBe('studio')
    }
    await expect(reportUsage(paid.service.ctx)).rejects.toThrow()
    paid.stripe.setDown(false)
    paid.stripe.world.settle()
    await reportUsage(paid.service.ctx)
    expect(paid.stripe.counted.length - counted).toBe(24)
    const report = await reconcileBilling(paid.service.ctx)
    expect(report).toMatchObject({ waiting: 0, givenUp: 0, overcounted: 0 })
    expect(report?.eventsFound).toBeGreaterThan(0)
    const usage = (await person.send('get', '/api/usage')).body
    expect(usage).toMatchObject({ tier: 'studio', messages: { reserved: 0 } })
    expect(Date.parse(usage.resetsAt) / 1000).toBe(newestSubscription(paid).end)
    expect((await reconcileBilling(paid.service.ctx))?.eventsFound).toBe(0)
  }, 120_000)

  test('what was tried, and whose answer was lost for longer than Stripe knows its name, is counted once', async () => {
    const person = await newPerson()
    await use(person)
    await reportUsage(paid.service.ctx)
    const before = paid.stripe.counted.length
    paid.service.clock.advance(60_000)
    await use(person)
    await use(person)
    // One was counted and its answer lost; the other never arrived.
    paid.stripe.failNext('error-after', 'unavailable', 'unavailable')
    await reportUsage(paid.service.ctx).catch(() => undefined)
    expect(paid.stripe.counted.length - before).toBe(1)
    paid.stripe.failNext()
    paid.service.clock.advance(26 * HOUR_MS)
    await reportUsage(paid.service.ctx)
    expect(paid.stripe.counted.length - before).toBe(1)
    expect(await reconcileBilling(paid.service.ctx)).toMatchObject({ foundCounted: 1, sentAgain: 1 })
    await reportUsage(paid.service.ctx)
    expect(paid.stripe.counted.length - before).toBe(2)
    expect(await reconcileBilling(paid.service.ctx)).toMatchObject({
      corrected: 0,
      overcounted: 0,
      waiting: 0,
    })
  })

  test('what Stripe lost after taking it is counted again, once; what is too old is given up and told', async () => {
    const person = await newPerson()
    await use(person)
    await use(person)
    await reportUsage(paid.service.ctx)
    paid.stripe.counted.pop()
    paid.service.clock.advance(30 * HOUR_MS)
    expect(await reconcileBilling(paid.service.ctx)).toMatchObject({ corrected: 1 })
    expect(await reconcileBilling(paid.service.ctx)).toMatchObject({ corrected: 0 })
    await use(person)
    paid.service.clock.advance(36 * 24 * HOUR_MS)
    const calls = paid.stripe.bodies.length
    await reportUsage(paid.service.ctx)
    expect(paid.stripe.bodies).toHaveLength(calls)
    expect(await reconcileBilling(paid.service.ctx)).toMatchObject({ givenUp: 1 })
    expect(paid.service.logLines.some((line) => line.includes('meter-events-too-old'))).toBe(true)
  })
})

describe('the ledger', () => {
  test('explains every unit, newest first, to nobody but its owner, and adds up to the usage (TS-11)', async () => {
    const person = await newPerson()
    const kept = await use(person)
    const failed = await use(person, 'analysis', false)
    const { entries } = (await person.send('get', '/api/usage/ledger')).body
    expect(
      entries.map(({ unitId, change, reason }: Record<string, unknown>) => [unitId, change, reason]),
    ).toEqual([
      [failed, 'given-back', 'failed'],
      [failed, 'held', null],
      [kept, 'counted', null],
      [kept, 'held', null],
    ])
    const usage = (await person.send('get', '/api/usage')).body
    expect([usage.messages.used, usage.analyses.used, usage.analyses.reserved]).toEqual([1, 0, 0])
    const stranger = await newPerson()
    expect((await stranger.send('get', '/api/usage/ledger')).body.entries).toEqual([])
    const { nextBefore } = (await person.send('get', `/api/usage/ledger?before=${entries[0].id}`)).body
    expect(nextBefore).toBeNull()
  })

  test('a retry of an upload with the same Idempotency-Key is the same analysis, and free even at the limit (TS-12)', async () => {
    const person = await newPerson()
    for (let count = 0; count < 4; count += 1) await use(person, 'analysis')
    const key = { 'Idempotency-Key': crypto.randomUUID() }
    const first = await person.upload({ set: liveSet }, key)
    const second = await person.upload({ set: liveSet }, key)
    expect([first.status, second.status]).toEqual([202, 202])
    expect(second.body.analysisId).toBe(first.body.analysisId)
    expect((await person.send('get', '/api/usage')).body.analyses).toMatchObject({ used: 4, reserved: 1 })
    const other = await person.upload({ set: makeLiveSet(['Other']) }, key)
    expect([other.status, other.body.code]).toEqual([409, 'idempotency-key-reused'])
    expect((await person.upload({ set: liveSet }, { 'Idempotency-Key': 'short' })).body.code).toBe(
      'idempotency-key-invalid',
    )
    expect((await person.upload({ set: liveSet })).body.code).toBe('billing/analyses-spent')
  })
})

test('no column holds a card, a bank account, a name or an amount (TS-16)', async () => {
  const { rows } = await import('kysely').then(({ sql }) =>
    sql<{
      name: string
    }>`select column_name as name from information_schema.columns where table_schema = 'public' and table_name in ('subscriptions', 'stripe_events', 'meter_events', 'stripe_customer_deletions')`.execute(
      paid.service.ctx.db,
    ),
  )
  expect(rows.length).toBeGreaterThan(20)
  for (const { name } of rows)
    expect(name).not.toMatch(/card|iban|last4|bank|amount|brand|address|(holder|display)_name|email/)
})

test('what is posted as a card number stays nowhere (TS-15)', async () => {
  const person = await newPerson()
  const card = '4242424242424242'
  await person.send('post', '/api/plan/change', { tier: 'pro', interval: 'month', card })
  await person.send('post', '/api/plan/portal', { card })
  await person.send('patch', '/api/me', { displayName: 'Ada', card })
  expect(paid.service.logLines.join('\n')).not.toContain(card)
  expect(paid.stripe.bodies.join('\n')).not.toContain(card)
})

describe('for the operator', () => {
  test('stripe-setup says first what it would do, does it once, and follows a new price', async () => {
    const stripe = await startStripeServer(() => new Date())
    const settings = {
      secretKey: 'sk_test_1',
      apiBase: stripe.url,
      webhookSecrets: [],
      meterWebhookSecrets: [],
    }
    const planned = await setUpStripe(settings, 'https://sensei.example', true)
    expect(planned.every(({ kind }) => kind === 'create')).toBe(true)
    expect(stripe.world.products.size + stripe.kept.endpoints.length).toBe(0)
    const done = await setUpStripe(settings, 'https://sensei.example', false)
    expect(done.flatMap(({ setting }) => setting?.name ?? [])).toEqual([
      'STRIPE_WEBHOOK_SECRET',
      'STRIPE_METER_WEBHOOK_SECRET',
    ])
    const again = await setUpStripe(settings, 'https://sensei.example', false)
    expect(again.filter(({ kind }) => kind !== 'keep')).toEqual([])
    // Somebody changed an amount: the key moves to a new price, and who pays the old one keeps it.
    const price = [...stripe.world.prices.values()].find((one) => one.lookup_key === 'tracksensei_pro_month')
    if (price) price.unit_amount = 1
    const corrected = await setUpStripe(settings, 'https://sensei.example', false)
    expect(corrected.filter(({ kind }) => kind === 'update').map(({ what }) => what)).toEqual([
      'price tracksensei_pro_month: 9.00 eur a month',
      'customer portal',
    ])
    expect(price).toMatchObject({ lookup_key: null, active: false, metadata: { tracksensei_tier: 'pro' } })
    await stripe.close()
  })

  test('the command line runs it with nothing but the key and the address', async () => {
    const stripe = await startStripeServer(() => new Date())
    const env = {
      PATH: process.env.PATH ?? '',
      STRIPE_SECRET_KEY: 'sk_test_1',
      STRIPE_API_BASE: stripe.url,
      BASE_URL: 'https://sensei.example',
    }
    const child = spawn(path.join(projectRoot, 'bin/tracksensei-admin'), ['stripe-setup', '--apply'], { env })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    const code = await new Promise((resolve) => child.once('exit', resolve))
    expect(code).toBe(0)
    expect(output).toMatch(/created +product TrackSensei Pro/)
    expect(output).toMatch(/STRIPE_WEBHOOK_SECRET=whsec_/)
    await stripe.close()
  })

  test('without keys the operator sets the plan, and the page says that there are no payments', async () => {
    const service = await openTestService({ withWorkers: false })
    const plain = { service, stripe: paid.stripe, close: () => service.close() }
    const person = await enterForLong(plain, 'granted@example.com')
    expect((await person.send('get', '/api/plan')).body).toMatchObject({ tier: 'free', canBeBought: false })
    await grantTier(service.ctx, 'granted@example.com', 'studio')
    expect((await person.send('get', '/api/plan')).body).toMatchObject({ tier: 'studio', interval: null })
    expect((await person.send('get', '/api/usage')).body.analyses.limit).toBe(300)
    const refused = await person.send('post', '/api/plan/change', { tier: 'pro', interval: 'month' })
    expect([refused.status, refused.body.code]).toEqual([503, 'billing/not-configured'])
    await service.close()
  })
})
