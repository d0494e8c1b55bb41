import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient, joinService, PASSWORD, sessionCookieOf, tokenSentTo } from '../support/api-client.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const HOUR_MS = 3_600_000

describe.each(databaseKinds)('accounts on %s', (kind) => {
  let service: TestService
  beforeAll(async () => {
    service = await openTestService({ kind })
  })
  afterAll(() => service.close())

  test('a person registers, opens the letter, logs in, is known, and logs out', async () => {
    const client = await joinService(service)
    const me = await client.send('get', '/api/me')
    expect(me.body).toMatchObject({ email: client.email, displayName: null, isVerified: true })
    expect((await client.send('delete', '/api/session')).status).toBe(204)
    expect((await client.send('get', '/api/me')).status).toBe(401)
  })

  test('the session cookie is HttpOnly, Secure, SameSite=Lax, for the whole host, and the only one', async () => {
    const { email } = await joinService(service)
    const login = await createClient(service).send('post', '/api/session', { email, password: PASSWORD })
    const cookies: unknown = login.headers['set-cookie']
    expect(cookies).toHaveLength(1)
    const [cookie] = Array.isArray(cookies) ? cookies : []
    expect(cookie).toMatch(/^__Host-ts=/)
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/'])
      expect(cookie).toContain(attribute)
    expect(cookie).not.toContain('Domain')
  })

  test('a link confirms once, and only within 24 hours (TS-19)', async () => {
    const client = createClient(service)
    const email = `late.${kind}@example.com`
    await client.send('post', '/api/accounts', { email, password: PASSWORD, isSixteenOrOlder: true })
    const token = await tokenSentTo(service, email)
    service.clock.advance(24 * HOUR_MS)
    const late = await client.send('post', '/api/accounts/verify', { token })
    expect(late.status).toBe(410)
    expect(late.body.code).toBe('accounts/link-not-valid')
    service.clock.advance(-HOUR_MS)
    expect((await client.send('post', '/api/accounts/verify', { token })).status).toBe(200)
    expect((await client.send('post', '/api/accounts/verify', { token })).status).toBe(410)
  })

  test('only the hash of a token is in the database (TS-19)', async () => {
    const email = `hashed.${kind}@example.com`
    await createClient(service).send('post', '/api/accounts', {
      email,
      password: PASSWORD,
      isSixteenOrOlder: true,
    })
    const token = await tokenSentTo(service, email)
    const rows = await service.ctx.db.selectFrom('email_tokens').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows.some((row) => /^[0-9a-f]{64}$/.test(row.token_sha256))).toBe(true)
  })

  test('registering a known address answers the same and tells only its owner', async () => {
    const { email } = await joinService(service)
    const client = createClient(service)
    const known = await client.send('post', '/api/accounts', {
      email,
      password: 'another passphrase',
      isSixteenOrOlder: true,
    })
    const fresh = await client.send('post', '/api/accounts', {
      email: `fresh.${kind}@example.com`,
      password: PASSWORD,
      isSixteenOrOlder: true,
    })
    expect([known.status, known.body]).toEqual([fresh.status, fresh.body])
    expect((await client.send('post', '/api/session', { email, password: PASSWORD })).status).toBe(200)
    await expect
      .poll(async () =>
        (await service.letters()).filter((letter) => letter.to === email).map((letter) => letter.subject),
      )
      .toContain('You already have a TrackSensei account')
  })

  test('a link confirms its own registration: a password that a stranger set for the same address is worth nothing', async () => {
    const client = createClient(service)
    const email = `contested.${kind}@example.com`
    const person = { email, isSixteenOrOlder: true, displayName: 'Owner' }
    await client.send('post', '/api/accounts', { ...person, password: PASSWORD })
    const ownersToken = await tokenSentTo(service, email)
    service.clock.advance(1000)
    const stranger = { ...person, displayName: 'Stranger', password: "the stranger's passphrase" }
    await createClient(service).send('post', '/api/accounts', stranger)
    await expect.poll(async () => (await tokenSentTo(service, email)) !== ownersToken).toBe(true)
    const strangersToken = await tokenSentTo(service, email)
    expect((await client.send('post', '/api/accounts/verify', { token: ownersToken })).status).toBe(200)
    expect((await client.send('post', '/api/accounts/verify', { token: strangersToken })).status).toBe(410)
    const { password } = stranger
    expect((await client.send('post', '/api/session', { email, password })).status).toBe(401)
    const login = await client.send('post', '/api/session', { email, password: PASSWORD })
    expect(login.body).toMatchObject({ isVerified: true, displayName: 'Owner' })
    const kept = await service.ctx.db.selectFrom('letters').select('password_hash').execute()
    const owner = await service.ctx.db
      .selectFrom('users')
      .selectAll()
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    expect(kept.map((letter) => letter.password_hash)).not.toContain(owner.password_hash)
  })

  test('one address gets at most six letters an hour, wherever they are asked for', async () => {
    const email = `flooded.${kind}@example.com`
    const client = createClient(service)
    await client.send('post', '/api/accounts', { email, password: PASSWORD, isSixteenOrOlder: true })
    for (let index = 0; index < 8; index += 1)
      expect((await client.send('post', '/api/accounts/verification-letters', { email })).status).toBe(202)
    const sent = async () => (await service.letters()).filter((letter) => letter.to === email).length
    await expect.poll(sent).toBe(6)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await sent()).toBe(6)
  })

  test('wrong password and unknown address are refused in the same words', async () => {
    const { email } = await joinService(service)
    const client = createClient(service)
    const wrong = await client.send('post', '/api/session', { email, password: 'not the passphrase' })
    const unknown = await client.send('post', '/api/session', {
      email: 'nobody@example.com',
      password: PASSWORD,
    })
    expect(wrong.status).toBe(401)
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
  })

  test('registering needs the age statement, a long enough password, and takes nothing else (TS-02, TS-55)', async () => {
    const client = createClient(service)
    const person = { email: `rules.${kind}@example.com`, password: PASSWORD, isSixteenOrOlder: true }
    const attempts = [
      { ...person, isSixteenOrOlder: false },
      { email: person.email, password: PASSWORD },
      { ...person, password: 'elevenchars' },
      { ...person, password: 'x'.repeat(129) },
      { ...person, email: 'not an address' },
      { ...person, role: 'admin' },
      { ...person, tier: 'studio' },
      { ...person, birthdate: '2000-01-01' },
    ]
    for (const attempt of attempts) {
      const refused = await client.send('post', '/api/accounts', attempt)
      expect(refused.status).toBe(422)
      expect(Object.keys(refused.body.fields)).not.toHaveLength(0)
    }
  })

  test('an eleventh login for one address is refused before any hashing, even from elsewhere', async () => {
    const { email } = await joinService(service)
    const client = createClient(service)
    for (let attempt = 0; attempt < 10; attempt += 1)
      expect(
        (await client.send('post', '/api/session', { email, password: 'not the passphrase' })).status,
      ).toBe(401)
    const refused = await client.send('post', '/api/session', { email, password: PASSWORD })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    service.clock.advance(15 * 60 * 1000)
    expect((await client.send('post', '/api/session', { email, password: PASSWORD })).status).toBe(200)
  })

  test('a session ends after 30 days, whatever the cookie says', async () => {
    const client = await joinService(service)
    for (let day = 0; day < 29; day += 3) {
      service.clock.advance(72 * HOUR_MS)
      const me = await client.send('get', '/api/me')
      if (me.headers['set-cookie']) client.cookie = sessionCookieOf(me)
    }
    expect((await client.send('get', '/api/me')).status).toBe(401)
  })
})
