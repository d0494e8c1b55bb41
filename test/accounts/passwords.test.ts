import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient, joinService, PASSWORD, sessionCookieOf, tokenSentTo } from '../support/api-client.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const MINUTE_MS = 60_000
const NEW_PASSWORD = 'eleven borrowed microphones'

describe.each(databaseKinds)('passwords on %s', (kind) => {
  let service: TestService
  beforeAll(async () => {
    service = await openTestService({ kind })
  })
  afterAll(() => service.close())

  const logIn = async (email: string, password: string) =>
    (await createClient(service).send('post', '/api/session', { email, password })).status
  const lettersTo = async (email: string) => (await service.letters()).filter((letter) => letter.to === email)
  const count = async (email: string, subject: string) =>
    (await lettersTo(email)).filter((letter) => letter.subject === subject).length
  const RESET_SUBJECT = 'Set a new password for TrackSensei'

  /** The token of the newest reset letter, once there are this many. */
  async function resetToken(email: string, letters = 1): Promise<string> {
    await expect.poll(() => count(email, RESET_SUBJECT)).toBe(letters)
    const newest = (await lettersTo(email)).find((letter) => letter.subject === RESET_SUBJECT)
    return /#token=([\w-]+)/.exec(newest?.text ?? '')?.[1] ?? ''
  }

  const askForReset = (email: string) => createClient(service).send('post', '/api/password-resets', { email })
  const complete = (token: string, password: string) =>
    createClient(service).send('post', '/api/password-resets/complete', { token, password })

  test('a forgotten password is replaced by the link of a letter: every login ends, nobody is logged in, a notice follows (TS-20)', async () => {
    const person = await joinService(service)
    service.clock.advance(1000)
    expect((await askForReset(person.email)).status).toBe(202)
    const token = await resetToken(person.email)
    expect(
      JSON.stringify(await service.ctx.db.selectFrom('email_tokens').selectAll().execute()),
    ).not.toContain(token)
    const done = await complete(token, NEW_PASSWORD)
    expect(done.status).toBe(200)
    expect(done.headers['set-cookie']?.[0]).toMatch(/^__Host-ts=;/)
    expect((await person.send('get', '/api/me')).status).toBe(401)
    expect([await logIn(person.email, PASSWORD), await logIn(person.email, NEW_PASSWORD)]).toEqual([401, 200])
    expect((await complete(token, PASSWORD)).status).toBe(410)
    await expect.poll(() => count(person.email, 'Your TrackSensei password was changed')).toBe(1)
  })

  test('a reset link works for 30 minutes, and only the one in the newest letter (TS-20)', async () => {
    const { email } = await joinService(service)
    service.clock.advance(1000)
    await askForReset(email)
    const first = await resetToken(email)
    service.clock.advance(1000)
    await askForReset(email)
    const second = await resetToken(email, 2)
    expect((await complete(first, NEW_PASSWORD)).status).toBe(410)
    service.clock.advance(30 * MINUTE_MS)
    expect((await complete(second, NEW_PASSWORD)).status).toBe(410)
    service.clock.advance(-1000)
    expect((await complete(second, NEW_PASSWORD)).status).toBe(200)
  })

  test('asking for a reset answers the same for an address nobody has, writes no letter and keeps nothing of it', async () => {
    const { email } = await joinService(service)
    const nobody = `nobody.${kind}@example.com`
    const [known, unknown] = [await askForReset(email), await askForReset(nobody)]
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
    await expect
      .poll(async () =>
        JSON.stringify(await service.ctx.db.selectFrom('letters').select('address').execute()).includes(
          nobody,
        ),
      )
      .toBe(false)
    expect(await lettersTo(nobody)).toEqual([])
  })

  test('the link leads to the configured address, whatever the request calls its host (T15)', async () => {
    const { email } = await joinService(service)
    service.clock.advance(1000)
    const forged = {
      Host: 'evil.example',
      'X-Forwarded-Host': 'evil.example',
      Forwarded: 'host=evil.example',
    }
    await createClient(service).send('post', '/api/password-resets', { email }, forged)
    await resetToken(email)
    const newest = (await lettersTo(email)).find((letter) => letter.subject === RESET_SUBJECT)
    expect(newest?.text).toContain('http://localhost:3000/reset-password#token=')
    expect(`${newest?.text}${newest?.html}`).not.toContain('evil')
  })

  test('a reset also confirms an address that waited, and drops the name somebody else may have given', async () => {
    const email = `waiting.${kind}@example.com`
    const client = createClient(service)
    const person = { email, password: PASSWORD, isSixteenOrOlder: true, displayName: 'Somebody' }
    await client.send('post', '/api/accounts', person)
    await tokenSentTo(service, email)
    service.clock.advance(1000)
    await askForReset(email)
    expect((await complete(await resetToken(email), NEW_PASSWORD)).status).toBe(200)
    const login = await client.send('post', '/api/session', { email, password: NEW_PASSWORD })
    expect(login.body).toMatchObject({ isVerified: true, displayName: null })
  })

  test('changing the password needs the present one, ends the other logins, and this one goes on', async () => {
    const person = await joinService(service)
    const elsewhere = createClient(service)
    elsewhere.cookie = sessionCookieOf(
      await elsewhere.send('post', '/api/session', { email: person.email, password: PASSWORD }),
    )
    const wrong = await person.send('post', '/api/me/password', {
      password: 'guess',
      newPassword: NEW_PASSWORD,
    })
    expect([wrong.status, wrong.body.code]).toEqual([422, 'accounts/wrong-password'])
    const before = person.cookie
    const changed = await person.send('post', '/api/me/password', {
      password: PASSWORD,
      newPassword: NEW_PASSWORD,
    })
    expect(changed.status).toBe(200)
    person.cookie = sessionCookieOf(changed)
    expect((await person.send('get', '/api/me')).status).toBe(200)
    expect((await elsewhere.send('get', '/api/me')).status).toBe(401)
    expect((await createClient(service, before).send('get', '/api/me')).status).toBe(401)
    expect([await logIn(person.email, PASSWORD), await logIn(person.email, NEW_PASSWORD)]).toEqual([401, 200])
    await expect.poll(() => count(person.email, 'Your TrackSensei password was changed')).toBe(1)
  })

  test('a stolen cookie cannot guess the password: the eleventh try waits', async () => {
    const person = await joinService(service)
    const guess = () =>
      person.send('post', '/api/me/password', { password: 'guess', newPassword: NEW_PASSWORD })
    for (let tries = 0; tries < 10; tries += 1) expect((await guess()).status).toBe(422)
    expect((await guess()).status).toBe(429)
    expect((await person.send('get', '/api/me')).status).toBe(200)
  })

  test.each([
    ['common', 'password1234', /lists of common passwords/],
    ['the address', 'lucia.fernandez', /your own address/],
    ['the service', 'tracksensei!tracksensei', /name of this service|repeats/],
    ['the name', 'Silvertongue Silvertongue', /address or name|repeats/],
    ['keys in a row', 'qwertyuiop[]', /keys or the alphabet|common/],
    ['one character', 'aaaaaaaaaaaaaaaa', /repeats/],
    ['eleven characters', 'k7#Vq2!xWm9', /at least 12/],
    ['129 characters', `${'k7#Vq2!xWm9 '.repeat(11)}`, /at most 128/],
  ])('a password is refused with the reason: %s', async (_what, password, reason) => {
    const person = {
      email: 'lucia.fernandez@example.com',
      isSixteenOrOlder: true,
      displayName: 'Silvertongue',
    }
    const refused = await createClient(service).send('post', '/api/accounts', { ...person, password })
    expect(refused.status).toBe(422)
    expect(refused.body.fields.password).toMatch(reason)
  })

  test('any characters may be used, and one spelling of a letter is as good as the other (TS-38)', async () => {
    const email = `unicode.${kind}@example.com`
    const client = createClient(service)
    const password = 'Öl über Äcker 🎛️ d\u00e9j\u00e0 vu'
    const person = { email, isSixteenOrOlder: true, password }
    expect((await client.send('post', '/api/accounts', person)).status).toBe(201)
    expect(await logIn(email, password.normalize('NFD'))).toBe(200)
    expect(await logIn(email, password.replace('\u00e9', 'e'))).toBe(401)
  })
})
