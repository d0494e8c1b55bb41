import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { reportUsage } from '../../src/billing/report-usage.ts'
import { spoolFile } from '../../src/uploads/multer-storage.ts'
import { receiveUpload } from '../../src/uploads/receive-upload.ts'
import { workOnTracks } from '../../workers/analyze-track.ts'
import { enter } from '../analyses/sessions.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import type { ApiClient } from '../support/api-client.ts'
import { type Fault, type StripeServer, startStripeServer } from '../support/stripe-server.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { noiseFlac } from '../uploads/encoded-sounds.ts'

const HOUR_MS = 3_600_000
const liveSet = makeLiveSet(['Bass'])

let stripe: StripeServer
let service: TestService

async function open(kind: (typeof databaseKinds)[number]): Promise<void> {
  stripe = await startStripeServer(() => service.clock.now())
  const env = {
    STRIPE_SECRET_KEY: 'sk_test_1',
    STRIPE_WEBHOOK_SECRET: 'whsec_1',
    STRIPE_API_BASE: stripe.url,
  }
  // Tracks are worked on; the report to Stripe runs when a test says so, and not every minute beside it.
  service = await openTestService({ kind, env, withWorkers: false })
  await workOnTracks(service.ctx, new AbortController().signal)
}

async function close(): Promise<void> {
  await service.close()
  await stripe.close()
}

function outbox() {
  return service.ctx.db.selectFrom('meter_events').selectAll().orderBy('identifier').execute()
}

const unsent = async () => (await outbox()).filter((event) => event.sent_at === null)

/** Runs the task as the worker does, minute after minute: a run that fails is followed by the next one. */
async function runUntilSent(most = 20): Promise<number> {
  for (let run = 1; run <= most; run += 1) {
    await reportUsage(service.ctx).catch(() => undefined)
    if ((await unsent()).length === 0) return run
    service.clock.advance(10 * 60_000)
  }
  throw new Error(`Not sent after ${most} runs: ${JSON.stringify(await unsent())}`)
}

async function analyse(client: ApiClient): Promise<string> {
  const { analysisId } = (await client.upload({ set: liveSet })).body
  expect((await client.finished(analysisId)).body.state).toBe('done')
  return analysisId
}

describe.each(databaseKinds)('what was used reaches Stripe once, on %s', (kind) => {
  beforeAll(() => open(kind))
  afterAll(close)

  test('through every fault: each analysis and each message is counted exactly once (TS-11, TS-17)', async () => {
    const people = [await enter(service, 'first@example.com'), await enter(service, 'second@example.com')]
    for (const person of people) {
      const id = await analyse(person)
      for (const text of ['How fast is it?', 'How many tracks?'])
        expect((await person.send('post', `/api/analyses/${id}/messages`, { text })).status).toBe(200)
    }
    expect(await unsent()).toHaveLength(6)
    const faults: Fault[] = ['reset-after', 'error-after', 'unavailable', 'reset-before', 'rate-limit']
    stripe.failNext(...faults, 'reset-after', 'error-after', 'reset-after', ...faults)
    await runUntilSent()

    const events = await outbox()
    const byIdentifier = (a: { identifier: string }, b: { identifier: string }) =>
      a.identifier < b.identifier ? -1 : 1
    expect(stripe.counted.toSorted(byIdentifier).map(({ identifier }) => identifier)).toEqual(
      events.toSorted(byIdentifier).map(({ identifier }) => identifier),
    )
    expect(stripe.counted.every(({ value }) => value === '1')).toBe(true)
    const perKind = Object.groupBy(stripe.counted, ({ eventName }) => eventName)
    expect([perKind.tracksensei_analyses?.length, perKind.tracksensei_messages?.length]).toEqual([2, 4])
    for (const event of events) {
      const counted = stripe.counted.find(({ identifier }) => identifier === event.identifier)
      expect(counted?.timestampSeconds).toBe(Math.floor(event.happened_at.getTime() / 1000))
    }
  })

  test('under one customer for each account, which carries no name and no address (TS-16)', () => {
    const ids = stripe.customers.map(({ metadata }) => metadata.user_id)
    expect(new Set(ids).size).toBe(2)
    const used = new Set(stripe.counted.map(({ customerId }) => customerId))
    expect(used.size).toBe(2)
    const sent = decodeURIComponent(stripe.bodies.join('\n'))
    for (const canary of ['first', 'second', 'example.com', 'Bass', '@']) expect(sent).not.toContain(canary)
  })

  test('also when two processes report at once', async () => {
    const person = await enter(service, 'third@example.com')
    const before = stripe.counted.length
    await analyse(person)
    await analyse(person)
    stripe.failNext()
    await Promise.allSettled([reportUsage(service.ctx), reportUsage(service.ctx), reportUsage(service.ctx)])
    await runUntilSent()
    expect(stripe.counted).toHaveLength(before + 2)
  })
})

/** An analysis that costs nothing, of a set smaller than the one that comes with the service. */
async function startDemoOf(userId: string, sessionId: string): Promise<string> {
  const file = await spoolFile(service.ctx.storage, 'set', 'demo.als', Readable.from([liveSet]), 1_000_000)
  const demo = { files: [file], intent: { kind: 'mix' as const }, isDemo: true }
  return receiveUpload(service.ctx, { userId, sessionId, isVerified: true }, demo)
}

describe('the outbox', () => {
  let client: Awaited<ReturnType<typeof enter>>
  beforeAll(() => open('pglite'))
  afterAll(close)
  beforeEach(async () => {
    client = await enter(service, `${crypto.randomUUID()}@example.com`)
  })
  afterEach(() => stripe.failNext())

  test('gets nothing for work that failed, was deleted while it waited, or was the demo', async () => {
    const damaged = noiseFlac(2)
    damaged.fill(0x55, damaged.length / 2, damaged.length / 2 + 40_000)
    const { analysisId } = (await client.upload({ audio: damaged })).body
    expect((await client.finished(analysisId)).body.state).toBe('failed')
    const waiting = (await client.upload({ audio: noiseFlac(2) })).body.analysisId
    await client.send('delete', `/api/analyses/${waiting}`)
    expect((await client.finished(await startDemoOf(client.userId, client.sessionId))).body.state).toBe(
      'done',
    )
    expect(await outbox()).toEqual([])
    expect((await client.send('get', '/api/usage')).body.analyses).toMatchObject({ used: 0, reserved: 0 })
  })

  test('is not held up by an event that Stripe will never take', async () => {
    const poisoned = await analyse(client)
    stripe.rejectIdentifier(`analysis:${poisoned}`)
    service.clock.advance(1000)
    const next = await analyse(client)
    await reportUsage(service.ctx).catch(() => undefined)
    expect(stripe.counted.map(({ identifier }) => identifier)).toEqual([`analysis:${next}`])
    expect((await unsent()).map(({ identifier }) => identifier)).toEqual([`analysis:${poisoned}`])
    await service.ctx.db.deleteFrom('meter_events').execute()
  })

  test('does not send again blindly what was tried more than 23 hours ago: Stripe forgets identifiers', async () => {
    await analyse(client)
    await runUntilSent()
    const id = await analyse(client)
    stripe.failNext('error-after')
    await reportUsage(service.ctx).catch(() => undefined)
    // It was counted there, but the answer said otherwise.
    expect(stripe.counted.map(({ identifier }) => identifier)).toContain(`analysis:${id}`)
    const tries = stripe.bodies.length
    service.clock.advance(23 * HOUR_MS + 1000)
    await reportUsage(service.ctx)
    expect(stripe.bodies).toHaveLength(tries)
    expect((await unsent()).map(({ identifier }) => identifier)).toEqual([`analysis:${id}`])
    await service.ctx.db.deleteFrom('meter_events').execute()
  })

  test('keeps an event whose customer could not be made for as long as that lasts', async () => {
    const id = await analyse(client)
    // A call and the SDK's own second try of it, for customer after customer.
    stripe.failNext(...Array.from({ length: 4 }, (): Fault => 'unavailable'))
    await reportUsage(service.ctx).catch(() => undefined)
    service.clock.advance(30 * HOUR_MS)
    stripe.failNext()
    await runUntilSent()
    expect(stripe.counted.map(({ identifier }) => identifier)).toContain(`analysis:${id}`)
  })
})
