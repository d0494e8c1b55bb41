import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressKey, networkKey } from '../../src/core/http/network.ts'
import { joinService, PASSWORD } from '../support/api-client.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const QUARTER_MS = 900_000
const OWNERS_BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const GUESSES = Number(process.env.GUESSES ?? 240)
const TIMED_ROUNDS = 200

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

describe.each(databaseKinds)('brute force on %s', (kind) => {
  const env = { TRUST_PROXY_HOPS: '1' }
  let service: TestService
  /** Nobody delivers its letters: else a request would pay for the letter of the one before it. */
  let withoutWorkers: TestService
  beforeAll(async () => {
    service = await openTestService({ kind, env })
    withoutWorkers = await openTestService({ kind, env, withWorkers: false })
  })
  afterAll(async () => {
    await service.close()
    await withoutWorkers.close()
  })

  const logInFrom = (ip: string, email: string, password: string, userAgent = 'curl/8') =>
    request(service.app)
      .post('/api/session')
      .set({ 'Sec-Fetch-Site': 'same-origin', 'X-Forwarded-For': ip, 'User-Agent': userAgent })
      .send({ email, password })

  test('of all guesses at one account from 200 addresses at most 100 an hour are looked at, and its owner gets in meanwhile (TS-41)', async () => {
    const { email } = await joinService(service)
    expect((await logInFrom('203.0.113.7', email, PASSWORD, OWNERS_BROWSER)).status).toBe(200)
    let lookedAt = 0
    for (let quarter = 0; quarter < 4; quarter += 1) {
      for (let guess = 0; guess < GUESSES / 4; guess += 1) {
        const ip = `198.51.${Math.floor((guess % 200) / 100)}.${guess % 100}`
        if ((await logInFrom(ip, email, `guess ${quarter} ${guess}`)).status === 401) lookedAt += 1
      }
      const owner = await logInFrom('203.0.113.99', email, PASSWORD, OWNERS_BROWSER)
      expect(owner.status).toBe(200)
      service.clock.advance(QUARTER_MS)
    }
    expect(lookedAt).toBeGreaterThan(0)
    expect(lookedAt).toBeLessThanOrEqual(100)
  })

  /**
   * Sends the same for an address that has an account and for one nobody has, again and again, and compares the answers
   * and the medians of the times. The hourly number of letters to one address is never met.
   */
  async function expectNoDifference(path: string, bodyFor: (email: string) => object): Promise<void> {
    const { email } = await joinService(withoutWorkers, { isVerified: false })
    const verified = { verified_at: withoutWorkers.clock.now() }
    await withoutWorkers.ctx.db.updateTable('users').set(verified).where('email', '=', email).execute()
    const ask = async (address: string, round: number, net: number) => {
      const start = performance.now()
      const answer = await request(withoutWorkers.app)
        .post(path)
        .set({ 'Sec-Fetch-Site': 'same-origin', 'X-Forwarded-For': `${net}.${round % 250}.${round >> 3}.1` })
        .send(bodyFor(address))
      const { requestId: _, ...said } = answer.body
      return { ms: performance.now() - start, said: [answer.status, said] }
    }
    const known: number[] = []
    const unknown: number[] = []
    for (let round = 0; round < TIMED_ROUNDS; round += 1) {
      if (round % 3 === 0) withoutWorkers.clock.advance(3_600_001)
      const nobody = `nobody${round}.${path.length}.${kind}@example.com`
      // Each comes from a network of its own, and they take turns at being second: only the address differs.
      const turns = round % 2 === 0 ? [email, nobody] : [nobody, email]
      const answers = new Map<string, Awaited<ReturnType<typeof ask>>>()
      for (const [net, address] of turns.entries()) answers.set(address, await ask(address, round, 10 + net))
      const [theirs, nobodys] = [answers.get(email), answers.get(nobody)]
      expect(nobodys?.said).toEqual(theirs?.said)
      known.push(theirs?.ms ?? Number.NaN)
      unknown.push(nobodys?.ms ?? Number.NaN)
    }
    const medians = [median(known), median(unknown)] as const
    console.log(`${path} on ${kind}: ${medians.map((ms) => ms.toFixed(1)).join(' and ')} ms (medians)`)
    expect(Math.abs(medians[0] - medians[1])).toBeLessThanOrEqual(5)
  }

  test.each([
    ['asking for a letter', '/api/password-resets', (email: string) => ({ email })],
    ['logging in', '/api/session', (email: string) => ({ email, password: 'not the passphrase' })],
    [
      'registering',
      '/api/accounts',
      (email: string) => ({ email, password: PASSWORD, isSixteenOrOlder: true }),
    ],
  ] as const)(
    '%s is answered alike and takes as long for an address nobody has as for one that has an account (T13)',
    (_what, path, bodyFor) => expectNoDifference(path, bodyFor),
  )

  test('neighbours share a count, and a made-up X-Forwarded-For in front of the proxy changes nothing (T32)', async () => {
    const tryToken = (forwarded: string) =>
      request(service.app)
        .post('/api/accounts/verify')
        .set({ 'Sec-Fetch-Site': 'same-origin', 'X-Forwarded-For': forwarded })
        .send({ token: 'a token that nobody was ever given' })
    for (let index = 0; index < 60; index += 1)
      expect((await tryToken(`1.2.3.${index}, 192.0.2.${index}`)).status).toBe(410)
    expect((await tryToken('9.9.9.9, 192.0.2.200')).status).toBe(429)
    expect((await tryToken('192.0.2.1, 192.0.3.1')).status).toBe(410)
  })
})

test('an address is one IPv4 address or a /64; a neighbourhood is a /24 or a /56', () => {
  expect([addressKey('192.0.2.7'), addressKey('::ffff:192.0.2.7')]).toEqual(['192.0.2.7', '192.0.2.7'])
  expect([networkKey('192.0.2.7'), networkKey('::ffff:192.0.2.7')]).toEqual(['192.0.2.0/24', '192.0.2.0/24'])
  expect(networkKey('2001:db8:0:ab01::1')).toBe(networkKey('2001:db8:0:abff::9'))
  expect(networkKey('2001:db8:0:ab01::1')).not.toBe(networkKey('2001:db8:0:ac01::1'))
  expect(addressKey('2001:db8:0:ab01::1')).toBe(addressKey('2001:db8:0:ab01:ffff::2'))
  expect(addressKey('2001:db8:0:ab01::1')).not.toBe(addressKey('2001:db8:0:ab02::1'))
})
