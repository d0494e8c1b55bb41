import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deleteForgottenCustomers } from '../../src/billing/forget-customer.ts'
import { sweep } from '../../workers/sweep.ts'
import { enter } from '../analyses/sessions.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { createClient, joinService, PASSWORD } from '../support/api-client.ts'
import { makeWav } from '../support/sounds.ts'
import { type StripeServer, startStripeServer } from '../support/stripe-server.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { tracesOf } from './traces.ts'

const SECOND_MS = 1000
const DAY_MS = 86_400 * SECOND_MS

describe.each(databaseKinds)('deleting the account on %s', (kind) => {
  let service: TestService
  let stripe: StripeServer
  beforeAll(async () => {
    stripe = await startStripeServer(() => service.clock.now())
    const env = {
      STRIPE_SECRET_KEY: 'sk_test_1',
      STRIPE_WEBHOOK_SECRET: 'whsec_1',
      STRIPE_API_BASE: stripe.url,
    }
    service = await openTestService({ kind, env })
  })
  afterAll(async () => {
    await service.close()
    await stripe.close()
  })

  const erase = (client: ReturnType<typeof createClient>, password: string) =>
    client.send('post', '/api/me/deletion', { password })

  test('takes everything along, here and at Stripe, ends every login, and is confirmed by mail (TS-36, TS-48)', async () => {
    const person = await joinService(service)
    const bystander = await joinService(service)
    await person.send('patch', '/api/me', { displayName: 'Canary Silvertongue' })
    for (const client of [person, bystander]) {
      const { analysisId } = (
        await client.upload({ set: { bytes: makeLiveSet(['Bass']), name: 'canary-song.als' } })
      ).body
      await client.finished(analysisId)
      await client.send('post', `/api/analyses/${analysisId}/messages`, { text: 'What about the canary?' })
    }
    const { id } = (await person.send('get', '/api/me')).body
    await service.ctx.db
      .updateTable('users')
      .set({ stripe_customer_id: 'cus_canary' })
      .where('id', '=', id)
      .execute()
    stripe.customers.push({ id: 'cus_canary', metadata: {} })
    const others = await everythingOf(bystander)

    expect((await erase(person, 'guess')).status).toBe(422)
    expect((await person.send('get', '/api/me')).status).toBe(200)
    const gone = await erase(person, PASSWORD)
    expect(gone.status).toBe(204)
    expect(gone.headers['clear-site-data']).toBe('"cache", "storage"')
    expect((await person.send('get', '/api/me')).status).toBe(401)
    const again = await createClient(service).send('post', '/api/session', {
      email: person.email,
      password: PASSWORD,
    })
    expect(again.status).toBe(401)

    const lettersTo = async () => (await service.letters()).filter((letter) => letter.to === person.email)
    await expect
      .poll(async () => (await lettersTo()).map((letter) => letter.subject))
      .toContain('Your TrackSensei account is deleted')
    await deleteForgottenCustomers(service.ctx)
    expect(stripe.customers.some((customer) => customer.id === 'cus_canary')).toBe(false)
    await expect.poll(() => tracesOf(service, [person.email, id, 'Silvertongue', 'cus_canary'])).toEqual([])
    expect(await everythingOf(bystander)).toEqual(others)
    expect(service.logLines.join('')).not.toMatch(/canary|Silvertongue|person\d+\.\d+@/)
  })

  async function everythingOf(client: ReturnType<typeof createClient>): Promise<unknown> {
    const { analyses } = (await client.send('get', '/api/analyses')).body
    const details = []
    for (const { id } of analyses)
      details.push(
        (await client.send('get', `/api/analyses/${id}`)).body,
        (await client.send('get', `/api/analyses/${id}/messages`)).body,
      )
    return [(await client.send('get', '/api/me')).body, analyses, details]
  }

  test('wins over an analysis under way: no row, no file and no unit comes back (TS-37)', async () => {
    const person = await enter(service, `under-way.${kind}@example.com`)
    const { eraseAccount } = await import('../../src/privacy/erase-account.ts')
    await person.upload({ audio: makeWav({ seconds: 60 }), set: makeLiveSet(['Bass']) })
    await expect
      .poll(async () => (await person.send('get', '/api/analyses')).body.analyses[0].state)
      .toBe('running')
    await eraseAccount(service.ctx, person.userId)
    expect(await service.rawFiles()).toEqual([])
    await expect.poll(() => tracesOf(service, [person.userId])).toEqual([])
    service.clock.advance(60 * SECOND_MS)
    await sweep(service.ctx)
    expect(await service.rawFiles()).toEqual([])
  })

  test('an upload that arrives while the account goes leaves no file and is told to log in', async () => {
    const person = await enter(service, `arriving.${kind}@example.com`)
    const { eraseAccount } = await import('../../src/privacy/erase-account.ts')
    const uploads = Array.from({ length: 6 }, () => person.upload({ audio: makeWav({ seconds: 20 }) }))
    await new Promise((resolve) => setTimeout(resolve, 30))
    await eraseAccount(service.ctx, person.userId)
    const statuses = (await Promise.all(uploads)).map((answer) => answer.status)
    expect(statuses.filter((status) => ![202, 401, 402].includes(status))).toEqual([])
    await expect.poll(() => service.rawFiles()).toEqual([])
    expect(await tracesOf(service, [person.userId])).toEqual([])
  })

  test('an address that nobody confirmed goes after 7 days, not a second before, and without a letter', async () => {
    const email = `unconfirmed.${kind}@example.com`
    const client = createClient(service)
    await client.send('post', '/api/accounts', { email, password: PASSWORD, isSixteenOrOlder: true })
    await expect.poll(async () => (await service.letters()).some((letter) => letter.to === email)).toBe(true)
    const confirmed = await joinService(service)
    const rows = () => tracesOf(service, [email])
    service.clock.advance(7 * DAY_MS - SECOND_MS)
    await sweep(service.ctx)
    expect(await rows()).toContain('users')
    service.clock.advance(SECOND_MS)
    await sweep(service.ctx)
    expect(await rows()).toEqual([])
    expect((await service.letters()).filter((letter) => letter.to === email)).toHaveLength(1)
    expect(await tracesOf(service, [confirmed.email])).toContain('users')
  })

  test('the address of a deleted account goes after 30 days where its last letter could never be sent (TS-36)', async () => {
    const address = `unreachable.${kind}@example.com`
    await service.ctx.db
      .insertInto('letters')
      .values({
        user_id: null,
        kind: 'account-deleted',
        address,
        created_at: service.clock.now(),
        sent_at: null,
      })
      .execute()
    service.clock.advance(30 * DAY_MS - SECOND_MS)
    await sweep(service.ctx)
    expect(await tracesOf(service, [address])).toEqual(['letters'])
    service.clock.advance(SECOND_MS)
    await sweep(service.ctx)
    expect(await tracesOf(service, [address])).toEqual([])
  })

  test('an account stays for as long as it is wanted: 400 idle days later it opens, without its results (TS-35)', async () => {
    const person = await joinService(service)
    await person.upload({ set: makeLiveSet(['Bass']) })
    const { analyses } = (await person.send('get', '/api/analyses')).body
    await person.finished(analyses[0].id)
    service.clock.advance(400 * DAY_MS)
    await sweep(service.ctx)
    const login = await person.send('post', '/api/session', { email: person.email, password: PASSWORD })
    expect(login.body).toMatchObject({ email: person.email, isVerified: true })
    // Jobs carry ids only and live for an hour of the real clock.
    const traces = (await tracesOf(service, [analyses[0].id])).filter((table) => table !== 'pgboss.job')
    expect(traces).toEqual(['usage_units', 'meter_events', 'usage_ledger'])
  })
})
