import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessionCookie } from '../../src/accounts/session-cookie.ts'
import { createApp } from '../../src/app.ts'
import { parseSessionKeys } from '../../src/core/config.ts'
import { enter } from '../analyses/sessions.ts'
import { createClient, joinService, PASSWORD, sessionCookieOf } from '../support/api-client.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const DAY_MS = 24 * 60 * MINUTE_MS

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

function setCookieOf(response: { headers: Record<string, unknown> }): string | undefined {
  const header = response.headers['set-cookie']
  const first: unknown = Array.isArray(header) ? header[0] : undefined
  return typeof first === 'string' ? first.split(';')[0] : undefined
}

describe.each(databaseKinds)('login sessions on %s', (kind) => {
  let service: TestService
  beforeAll(async () => {
    service = await openTestService({ kind })
  })
  afterAll(() => service.close())

  const me = (cookie: string | undefined) => createClient(service, cookie).send('get', '/api/me')
  const lettersTo = async (email: string) =>
    (await service.letters()).filter((letter) => letter.to === email).map((letter) => letter.subject)

  /** A cookie of somebody, and the one that took its place a quarter of an hour later. */
  async function renewed(name: string) {
    const person = await enter(service, `${name}.${kind}@example.com`)
    service.clock.advance(15 * MINUTE_MS + SECOND_MS)
    const next = setCookieOf(await me(person.cookie))
    expect(next).toBeDefined()
    return { person, old: person.cookie, next }
  }

  test('a token is replaced when it is older than 15 minutes, and not before (T30)', async () => {
    const person = await enter(service, `renewal.${kind}@example.com`)
    service.clock.advance(15 * MINUTE_MS)
    expect(setCookieOf(await me(person.cookie))).toBeUndefined()
    service.clock.advance(SECOND_MS)
    const next = setCookieOf(await me(person.cookie))
    expect(next).toMatch(/^__Host-ts=/)
    expect((await me(next)).status).toBe(200)
    expect(setCookieOf(await me(next))).toBeUndefined()
  })

  test('the answer to an upload never carries a cookie: it may come after the browser has a newer one', async () => {
    const person = await enter(service, `long-upload.${kind}@example.com`)
    service.clock.advance(16 * MINUTE_MS)
    const answer = await person.upload({ intent: { kind: 'mix' } })
    expect([answer.status, setCookieOf(answer)]).toEqual([422, undefined])
    expect(setCookieOf(await me(person.cookie))).toMatch(/^__Host-ts=/)
  })

  test('fifty requests at once across a renewal are all answered', async () => {
    const person = await enter(service, `parallel.${kind}@example.com`)
    service.clock.advance(16 * MINUTE_MS)
    const answers = await Promise.all(Array.from({ length: 50 }, () => me(person.cookie)))
    expect(answers.map((answer) => answer.status)).toEqual(Array(50).fill(200))
    const cookies = answers.map(setCookieOf).filter((cookie) => cookie !== undefined)
    const [first] = cookies
    expect((await me(first)).status).toBe(200)
    // The tab whose answer came last still has the old one for a moment.
    expect((await me(person.cookie)).status).toBe(200)
  })

  test('an answer that was lost logs nobody out: the old token is good until the new one was seen', async () => {
    const { old } = await renewed('lost-answer')
    service.clock.advance(3 * DAY_MS)
    const again = await me(old)
    expect(again.status).toBe(200)
    expect((await me(setCookieOf(again))).status).toBe(200)
  })

  test('30 seconds after the new token was seen the old one ends the session for both, and its owner is told (T30)', async () => {
    const { person, old, next } = await renewed('stolen')
    expect((await me(next)).status).toBe(200)
    service.clock.advance(30 * SECOND_MS)
    expect((await me(old)).status).toBe(200)
    service.clock.advance(SECOND_MS)
    expect((await me(old)).status).toBe(401)
    expect((await me(next)).status).toBe(401)
    expect((await me(old)).status).toBe(401)
    const { email } = await service.ctx.db
      .selectFrom('users')
      .select('email')
      .where('id', '=', person.userId)
      .executeTakeFirstOrThrow()
    await expect.poll(() => lettersTo(email)).toEqual(['We ended a login to your TrackSensei account'])
  })

  test('a token two renewals old ends the session at once', async () => {
    const { old, next } = await renewed('twice')
    await me(next)
    service.clock.advance(16 * MINUTE_MS)
    const newest = setCookieOf(await me(next))
    expect((await me(old)).status).toBe(401)
    expect((await me(newest)).status).toBe(401)
  })

  test('a session nobody uses for 7 days is over', async () => {
    const person = await enter(service, `idle.${kind}@example.com`)
    service.clock.advance(7 * DAY_MS - SECOND_MS)
    const late = await me(person.cookie)
    expect(late.status).toBe(200)
    service.clock.advance(2 * SECOND_MS)
    expect((await me(person.cookie)).status).toBe(401)
    expect((await me(setCookieOf(late))).status).toBe(200)
  })

  test('a person sees where they are logged in and ends one login, which then opens nothing', async () => {
    const person = await joinService(service)
    const phone = createClient(service)
    const login = await phone.send(
      'post',
      '/api/session',
      { email: person.email, password: PASSWORD },
      { 'User-Agent': SAFARI },
    )
    phone.cookie = sessionCookieOf(login)
    const { sessions } = (await person.send('get', '/api/sessions')).body
    expect(sessions.map((session: { device: string }) => session.device).toSorted()).toEqual([
      'Safari on iPhone',
      'Unknown device',
    ])
    const other = sessions.find((session: { isThisOne: boolean }) => !session.isThisOne)
    const stranger = await enter(service, `other-owner.${kind}@example.com`)
    expect((await stranger.send('delete', `/api/sessions/${other.id}`)).status).toBe(404)
    expect((await phone.send('get', '/api/me')).status).toBe(200)
    expect((await person.send('delete', `/api/sessions/${other.id}`)).status).toBe(204)
    expect((await phone.send('get', '/api/me')).status).toBe(401)
    expect((await person.send('get', '/api/sessions')).body.sessions).toHaveLength(1)
  })

  test('logging out everywhere ends every login at once', async () => {
    const person = await joinService(service)
    const elsewhere = createClient(service)
    elsewhere.cookie = sessionCookieOf(
      await elsewhere.send('post', '/api/session', { email: person.email, password: PASSWORD }),
    )
    const left = await person.send('delete', '/api/sessions')
    expect(left.status).toBe(204)
    expect(left.headers['clear-site-data']).toBe('"cache", "storage"')
    for (const client of [person, elsewhere]) expect((await client.send('get', '/api/me')).status).toBe(401)
  })

  test('the first login from a new browser brings a letter, and the next ones from there do not', async () => {
    const person = await joinService(service)
    const logIn = (userAgent: string) =>
      createClient(service).send(
        'post',
        '/api/session',
        { email: person.email, password: PASSWORD },
        { 'User-Agent': userAgent },
      )
    for (const userAgent of [FIREFOX, FIREFOX]) expect((await logIn(userAgent)).status).toBe(200)
    const subject = 'New login to your TrackSensei account'
    await expect.poll(() => lettersTo(person.email)).toContain(subject)
    const letters = await service.letters()
    const notices = letters.filter((letter) => letter.to === person.email && letter.subject === subject)
    expect(notices).toHaveLength(1)
    expect(notices[0]?.text).toContain('Firefox on Linux')
    const rows = await service.ctx.db.selectFrom('known_devices').selectAll().execute()
    expect(JSON.stringify(rows)).not.toMatch(/127\.0\.0|Firefox|example\.com/)
  })

  test('a new key signs, the old one still opens, and nobody is logged out by the change', async () => {
    const person = await enter(service, `rotation.${kind}@example.com`)
    const { ctx } = service
    const fresh = parseSessionKeys(
      `k2:${Buffer.from(crypto.getRandomValues(new Uint8Array(48))).toString('base64')}`,
    )
    const secrets = { ...ctx.secrets, sessionKeys: [...fresh, ...ctx.secrets.sessionKeys] }
    const [first, ...rest] = secrets.sessionKeys
    if (!first) throw new Error('No key')
    const rotated = createApp({ ...ctx, secrets: { ...secrets, sessionKeys: [first, ...rest] } })
    const client = createClient({ ...service, app: rotated }, person.cookie)
    service.clock.advance(16 * MINUTE_MS)
    const answer = await client.send('get', '/api/me')
    expect(answer.status).toBe(200)
    const kidOf = (cookie = '') =>
      JSON.parse(Buffer.from(cookie.split('=')[1]?.split('.')[0] ?? '', 'base64url').toString()).kid
    expect(kidOf(setCookieOf(answer))).toBe('k2')
    expect(kidOf(person.cookie)).not.toBe('k2')
    client.cookie = setCookieOf(answer)
    expect((await client.send('get', '/api/me')).status).toBe(200)
    const forgotten = createApp({ ...ctx, secrets: { ...secrets, sessionKeys: [first] } })
    expect(
      (await createClient({ ...service, app: forgotten }, person.cookie).send('get', '/api/me')).status,
    ).toBe(401)
  })

  test('a cookie for a session id of our choosing is worth nothing: each login has a new one (T30)', async () => {
    const person = await joinService(service)
    const login = () =>
      createClient(service, person.cookie).send('post', '/api/session', {
        email: person.email,
        password: PASSWORD,
      })
    const ids = [person.cookie, sessionCookieOf(await login()), sessionCookieOf(await login())].map(
      (cookie = '') => JSON.parse(Buffer.from(cookie.split('.')[1] ?? '', 'base64url').toString()).sid,
    )
    expect(new Set(ids).size).toBe(3)
    const madeUp = sessionCookie(
      service.ctx.secrets,
      { userId: ids[0], sessionId: crypto.randomUUID(), generation: 0 },
      service.clock.now(),
    )
    expect((await me(madeUp.split(';')[0])).status).toBe(401)
  })
})
