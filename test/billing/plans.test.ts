import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseKinds } from '../support/test-databases.ts'
import {
  createPostman,
  enterForLong,
  newestSubscription,
  openPaidService,
  type PaidService,
  pageId,
} from './paying.ts'

const DAY_MS = 86_400_000

let paid: PaidService
let deliverAll: () => Promise<void>
let people = 0

const newPerson = () => enterForLong(paid, `payer${++people}@example.com`)
type Person = Awaited<ReturnType<typeof newPerson>>

async function open(kind: (typeof databaseKinds)[number]): Promise<void> {
  paid = await openPaidService(kind)
  deliverAll = createPostman(paid)
}

const planOf = async (person: Person) => (await person.send('get', '/api/plan')).body
const usageOf = async (person: Person) => (await person.send('get', '/api/usage')).body
const change = (person: Person, tier: string, interval = 'month') =>
  person.send('post', '/api/plan/change', { tier, interval })

/** Buys a plan the whole way, and lets Stripe tell of it. */
async function buy(person: Person, tier: string, interval = 'month'): Promise<void> {
  const { body, status } = await change(person, tier, interval)
  expect(status).toBe(200)
  expect(paid.stripe.world.payCheckout(pageId(body.url))).toBe(true)
  await deliverAll()
}

const lettersTo = (person: Person) =>
  paid.service.ctx.db
    .selectFrom('letters')
    .select(['kind', 'detail'])
    .where('user_id', '=', person.userId)
    .orderBy('created_at')
    .execute()
const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const wordsFor = (instant: string) => dayFormat.format(new Date(instant))

/** Confirms in the portal what the service led there for. */
async function confirmInPortal(url: unknown): Promise<void> {
  const portal = paid.stripe.world.portals.get(pageId(url))
  const flow = portal?.flow?.subscription_update_confirm
  const confirmed = JSON.parse(JSON.stringify(flow ?? null))
  if (confirmed) paid.stripe.world.confirmChange(confirmed.subscription, confirmed.items[0].price)
  else paid.stripe.world.cancelAtPeriodEnd(newestSubscription(paid).id)
  await deliverAll()
}

describe.each(databaseKinds)('plans on %s (TS-17)', (kind) => {
  beforeAll(() => open(kind))
  afterAll(() => paid.close())
  // Nobody of the test before renews while the clock moves on.
  beforeEach(() => paid.stripe.world.subscriptions.clear())

  test('nothing is granted by coming back from Checkout: only by what Stripe says', async () => {
    const person = await newPerson()
    const { body } = await change(person, 'studio')
    expect(body.url).toMatch(/\/pay\/cs_/)
    expect(await planOf(person)).toMatchObject({ tier: 'free', hasSubscription: false, canBeBought: true })
    paid.stripe.world.payCheckout(pageId(body.url))
    await person.send('get', '/api/plan?from=checkout')
    expect(await planOf(person)).toMatchObject({ tier: 'free' })
    await deliverAll()
    expect(await planOf(person)).toMatchObject({ tier: 'studio', interval: 'month', hasSubscription: true })
    const usage = await usageOf(person)
    const one = newestSubscription(paid)
    expect(usage).toMatchObject({ tier: 'studio', analyses: { limit: 300 }, messages: { limit: 3000 } })
    expect(usage.resetsAt).toBe(new Date(one.end * 1000).toISOString())
    expect(usage.periodStart).toBe(new Date(one.start * 1000).toISOString())
  })

  test('a price, an amount or a customer from the browser is refused', async () => {
    const person = await newPerson()
    for (const extra of [
      { price: 'price_1' },
      { amountCents: 1 },
      { customer: 'cus_1' },
      { trialDays: 90 },
    ]) {
      const body = { tier: 'pro', interval: 'month', ...extra }
      expect((await person.send('post', '/api/plan/change', body)).status).toBe(422)
    }
    expect((await person.send('post', '/api/plan/change', { tier: 'gold', interval: 'month' })).status).toBe(
      422,
    )
    expect(await planOf(person)).toMatchObject({ tier: 'free' })
  })

  test('a first Pro begins as a trial, a second one does not', async () => {
    const person = await newPerson()
    await buy(person, 'pro')
    const trialEndsAt = new Date(newestSubscription(paid).end * 1000).toISOString()
    expect(await planOf(person)).toMatchObject({ tier: 'pro', isTrial: true })
    expect(await lettersTo(person)).toEqual([])
    paid.service.clock.advance(Date.parse(trialEndsAt) - paid.service.clock.now().getTime() - DAY_MS)
    await deliverAll()
    const warned = { kind: 'trial-ending', detail: `Pro ends on ${wordsFor(trialEndsAt)}` }
    expect(await lettersTo(person)).toEqual([warned])
    paid.stripe.world.cancelNow(newestSubscription(paid).id)
    await deliverAll()
    expect(await planOf(person)).toMatchObject({ tier: 'free', hasSubscription: false })
    expect(await lettersTo(person)).toEqual([warned, { kind: 'plan-ended', detail: 'Pro' }])
    await buy(person, 'pro')
    expect(await planOf(person)).toMatchObject({ tier: 'pro', isTrial: false })
  })

  test('two windows cannot lead to two subscriptions', async () => {
    const person = await newPerson()
    const answers = await Promise.all([
      change(person, 'studio'),
      change(person, 'studio'),
      change(person, 'pro'),
    ])
    const urls = answers.flatMap(({ status, body }) => (status === 200 ? [body.url] : []))
    expect(urls.length).toBeGreaterThan(0)
    for (const { body, status } of answers)
      if (status !== 200) expect([status, body.code]).toEqual([409, 'billing/change-running'])
    const last = await change(person, 'studio')
    const pages = [...urls, last.body.url].map(pageId)
    const payable = pages.filter((id) => paid.stripe.world.sessions.get(id)?.status === 'open')
    expect(payable).toEqual([pageId(last.body.url)])
    paid.stripe.world.payCheckout(pageId(last.body.url))
    // Paid already, though nothing was told yet: the way leads to the portal.
    const next = await change(person, 'pro')
    expect(next.body.url).toMatch(/\/portal\/bps_/)
    await deliverAll()
    expect(await planOf(person)).toMatchObject({ tier: 'studio' })
    expect((await change(person, 'studio')).body.code).toBe('billing/already-there')
  })

  test('up holds at once and keeps what was used; down holds from the end of the period, and is told with its date', async () => {
    const person = await newPerson()
    await buy(person, 'pro')
    paid.service.clock.advance(15 * DAY_MS)
    await deliverAll()
    const before = await usageOf(person)
    expect(before).toMatchObject({ tier: 'pro', analyses: { limit: 60 } })
    await confirmInPortal((await change(person, 'studio')).body.url)
    const after = await usageOf(person)
    expect(after).toMatchObject({ tier: 'studio', analyses: { limit: 300 }, resetsAt: before.resetsAt })

    await confirmInPortal((await change(person, 'pro')).body.url)
    const planned = await planOf(person)
    expect(planned).toMatchObject({
      tier: 'studio',
      next: { tier: 'pro', interval: 'month', at: after.resetsAt },
    })
    paid.service.clock.advance(Date.parse(after.resetsAt) - paid.service.clock.now().getTime() - 1000)
    expect(await planOf(person)).toMatchObject({ tier: 'studio' })
    paid.service.clock.advance(2000)
    // The moment it comes, told or not.
    expect(await planOf(person)).toMatchObject({ tier: 'pro' })
    await deliverAll()
    expect(await planOf(person)).toMatchObject({ tier: 'pro', next: null })
    expect(await usageOf(person)).toMatchObject({ analyses: { limit: 60, used: 0 } })
  })

  test('what was planned for the end of the period can be taken back', async () => {
    const person = await newPerson()
    await buy(person, 'studio')
    await confirmInPortal((await change(person, 'pro')).body.url)
    expect(await planOf(person)).toMatchObject({ next: { tier: 'pro' } })
    const kept = await person.send('post', '/api/plan/keep', {})
    expect(kept.body).toMatchObject({ tier: 'studio', next: null, endsAt: null })
    await confirmInPortal((await change(person, 'free')).body.url)
    const { resetsAt } = await usageOf(person)
    expect(await planOf(person)).toMatchObject({ tier: 'studio', endsAt: resetsAt })
    expect((await person.send('post', '/api/plan/keep', {})).body).toMatchObject({ endsAt: null })
    await confirmInPortal((await change(person, 'free')).body.url)
    paid.service.clock.advance(Date.parse(resetsAt) - paid.service.clock.now().getTime())
    expect(await planOf(person)).toMatchObject({ tier: 'free' })
    await deliverAll()
    expect(await planOf(person)).toMatchObject({ tier: 'free', hasSubscription: false })
  })

  test('looking at another plan gives up nothing that is planned: it is refused until the plan is kept', async () => {
    const person = await newPerson()
    await buy(person, 'studio')
    await confirmInPortal((await change(person, 'pro')).body.url)
    const planned = await planOf(person)
    expect(planned).toMatchObject({ next: { tier: 'pro' } })
    for (const [tier, interval] of [
      ['studio', 'year'],
      ['free', 'month'],
    ] as const) {
      const refused = await change(person, tier, interval)
      expect([refused.status, refused.body.code]).toEqual([409, 'billing/change-planned'])
    }
    await deliverAll()
    expect(newestSubscription(paid).schedule).not.toBeNull()
    expect(await planOf(person)).toEqual(planned)
    await person.send('post', '/api/plan/keep', {})
    expect((await change(person, 'studio', 'year')).status).toBe(200)
  })

  test('a failed payment: a banner and one letter, seven days, then free; a repaired card brings the plan back', async () => {
    const person = await newPerson()
    await buy(person, 'studio')
    const one = newestSubscription(paid)
    paid.stripe.world.declined.add(one.customer)
    paid.service.clock.advance(one.end * 1000 - paid.service.clock.now().getTime() + 1000)
    await deliverAll()
    const keptUntil = new Date(one.start * 1000 + 7 * DAY_MS).toISOString()
    expect(await planOf(person)).toMatchObject({
      tier: 'studio',
      paymentFailed: { keptUntil },
      awaitsPayment: false,
    })
    expect(await lettersTo(person)).toEqual([
      { kind: 'payment-failed', detail: `Studio until ${wordsFor(keptUntil)}` },
    ])
    paid.service.clock.advance(7 * DAY_MS - 2000)
    expect(await planOf(person)).toMatchObject({ tier: 'studio' })
    paid.service.clock.advance(2000)
    expect(await planOf(person)).toMatchObject({
      tier: 'free',
      paymentFailed: { keptUntil },
      hasSubscription: true,
      awaitsPayment: true,
    })
    expect(await usageOf(person)).toMatchObject({ analyses: { limit: 5 } })
    // The way back is the open invoice, and the same plan again says so.
    expect((await change(person, 'studio')).body.code).toBe('billing/payment-open')
    expect((await person.send('post', '/api/plan/portal', {})).body.url).toMatch(/\/portal\/bps_/)
    paid.stripe.world.repairCard(one.customer)
    await deliverAll()
    expect(await planOf(person)).toMatchObject({
      tier: 'studio',
      paymentFailed: null,
      awaitsPayment: false,
    })
  })

  test('a subscription that was never paid, or is no longer, gives nothing and waits for its payment', async () => {
    const person = await newPerson()
    await buy(person, 'studio')
    const one = newestSubscription(paid)
    for (const status of ['incomplete', 'unpaid'] as const) {
      one.status = status
      paid.stripe.world.resume(one.id)
      await deliverAll()
      expect(await planOf(person)).toMatchObject({ tier: 'free', hasSubscription: true, awaitsPayment: true })
      expect((await change(person, 'studio')).body.code).toBe('billing/payment-open')
    }
  })

  test('a payment given back in full ends the plan at once', async () => {
    const person = await newPerson()
    await buy(person, 'studio')
    const [charge] = paid.stripe.world.chargesOf(newestSubscription(paid).customer)
    paid.stripe.world.refund(charge?.id ?? '')
    await deliverAll()
    expect(await planOf(person)).toMatchObject({ tier: 'free', hasSubscription: false })
    expect(newestSubscription(paid).status).toBe('canceled')
    // A new one is a new one.
    await buy(person, 'studio')
    expect(await planOf(person)).toMatchObject({ tier: 'studio' })
  })

  test('a dispute holds the plan back while it is open, and ends it when it is lost', async () => {
    const person = await newPerson()
    await buy(person, 'studio')
    const [charge] = paid.stripe.world.chargesOf(newestSubscription(paid).customer)
    const first = paid.stripe.world.dispute(charge?.id ?? '')
    await deliverAll()
    expect(await planOf(person)).toMatchObject({ tier: 'free', isDisputed: true, hasSubscription: true })
    paid.stripe.world.closeDispute(first.id, 'won')
    await deliverAll()
    expect(await planOf(person)).toMatchObject({ tier: 'studio', isDisputed: false })
    const second = paid.stripe.world.dispute(charge?.id ?? '')
    paid.stripe.world.closeDispute(second.id, 'lost')
    await deliverAll()
    expect(await planOf(person)).toMatchObject({ tier: 'free', hasSubscription: false })
  })

  test('a customer deleted at Stripe is free, and can buy again', async () => {
    const person = await newPerson()
    await buy(person, 'studio')
    paid.stripe.world.deleteCustomer(newestSubscription(paid).customer)
    await deliverAll()
    expect(await planOf(person)).toMatchObject({ tier: 'free', hasSubscription: false })
    paid.service.clock.advance(3_600_000)
    await buy(person, 'pro')
    expect(await planOf(person)).toMatchObject({ tier: 'pro' })
  })

  test('a year is counted in months from its first day; where a month has no such day, by its last', async () => {
    const now = paid.service.clock.now()
    const january = new Date(Date.UTC(now.getUTCFullYear() + 1, 0, 31, 10))
    paid.service.clock.advance(january.getTime() - now.getTime())
    const person = await newPerson()
    await buy(person, 'studio', 'year')
    const ends: string[] = []
    for (let month = 0; month < 12; month += 1) {
      const { resetsAt } = await usageOf(person)
      ends.push(resetsAt)
      paid.service.clock.advance(Date.parse(resetsAt) - paid.service.clock.now().getTime())
    }
    const year = january.getUTCFullYear()
    const isLeap = new Date(Date.UTC(year, 2, 0)).getUTCDate() === 29
    expect(ends.map((end) => end.slice(5, 10))).toEqual([
      isLeap ? '02-29' : '02-28',
      '03-31',
      '04-30',
      '05-31',
      '06-30',
      '07-31',
      '08-31',
      '09-30',
      '10-31',
      '11-30',
      '12-31',
      '01-31',
    ])
    expect(ends.every((end) => end.endsWith('T10:00:00.000Z'))).toBe(true)
  })

  test('before stripe-setup was run, nothing can be bought, nothing is charged, and it says so', async () => {
    const person = await newPerson()
    const sold = new Map(paid.stripe.world.prices)
    paid.stripe.world.prices.clear()
    const refused = await change(person, 'studio')
    expect([refused.status, refused.body.code]).toEqual([503, 'billing/not-set-up'])
    expect(await planOf(person)).toMatchObject({ tier: 'free', hasSubscription: false })
    for (const [id, price] of sold) paid.stripe.world.prices.set(id, price)
    expect((await change(person, 'studio')).status).toBe(200)
  })

  test('while Stripe cannot be reached nobody loses what is paid, nothing can be bought, and it says so', async () => {
    const person = await newPerson()
    await buy(person, 'studio')
    const { resetsAt } = await usageOf(person)
    paid.service.clock.advance(Date.parse(resetsAt) - paid.service.clock.now().getTime() + 3_600_000)
    paid.stripe.setDown(true)
    expect(await usageOf(person)).toMatchObject({
      tier: 'studio',
      periodStart: resetsAt,
      analyses: { used: 0 },
    })
    const refused = await change(person, 'pro')
    expect([refused.status, refused.body.code]).toEqual([503, 'billing/stripe-unreachable'])
    expect(refused.body.detail).toContain('nothing was charged')
    await expect(deliverAll()).rejects.toThrow('later')
    paid.stripe.setDown(false)
  })
})
