import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seal, unseal } from '../../src/accounts/seal.ts'
import { sweep } from '../../workers/sweep.ts'
import { createClient, joinService, PASSWORD, sessionCookieOf } from '../support/api-client.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const STEP_MS = 30_000
const HOUR_MS = 3_600_000

let service: TestService
beforeAll(async () => {
  service = await openTestService()
})
afterAll(() => service.close())

type Person = Awaited<ReturnType<typeof joinService>>

const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: service.clock.now().getTime() })
const logIn = (email: string, code?: string, password = PASSWORD) =>
  createClient(service).send('post', '/api/session', {
    email,
    password,
    ...(code === undefined ? {} : { code }),
  })
const browsers = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
]
const statusAndCode = async (answer: ReturnType<typeof logIn>) => {
  const { status, body } = await answer
  return [status, body.code]
}
const subjectsTo = async (email: string) =>
  (await service.letters()).filter((letter) => letter.to === email).map((letter) => letter.subject)

async function switchOn(person: Person): Promise<{ secret: string; recoveryCodes: string[] }> {
  const begun = await person.send('post', '/api/me/second-factor', { password: PASSWORD })
  expect(begun.status).toBe(201)
  expect(begun.body.uri).toContain(`secret=${begun.body.secret}`)
  const code = codeOf(begun.body.secret)
  const confirmed = await person.send('post', '/api/me/second-factor/confirm', { code })
  expect(confirmed.status).toBe(200)
  return { secret: begun.body.secret, recoveryCodes: confirmed.body.recoveryCodes }
}

describe('a second factor', () => {
  test('needs the password and a right code to be switched on; until then nothing changes', async () => {
    const person = await joinService(service)
    expect((await person.send('post', '/api/me/second-factor', { password: 'guess' })).status).toBe(422)
    expect((await person.send('post', '/api/me/second-factor/confirm', { code: '123456' })).status).toBe(409)
    const { secret } = (await person.send('post', '/api/me/second-factor', { password: PASSWORD })).body
    const wrong = codeOf(secret) === '000000' ? '000001' : '000000'
    expect((await person.send('post', '/api/me/second-factor/confirm', { code: wrong })).status).toBe(422)
    expect((await logIn(person.email)).status).toBe(200)
    service.clock.advance(HOUR_MS)
    await sweep(service.ctx)
    expect(await service.ctx.db.selectFrom('second_factors').selectAll().execute()).toEqual([])
  })

  test('makes each login ask for a code, ends the other logins, and says so by letter', async () => {
    const person = await joinService(service)
    const elsewhere = createClient(service, sessionCookieOf(await logIn(person.email)))
    const { secret, recoveryCodes } = await switchOn(person)
    expect(new Set(recoveryCodes).size).toBe(10)
    expect((await elsewhere.send('get', '/api/me')).status).toBe(401)
    expect((await person.send('get', '/api/me/second-factor')).body).toMatchObject({
      isOn: true,
      recoveryCodesLeft: 10,
    })
    await expect.poll(() => subjectsTo(person.email)).toContain('Your TrackSensei login now needs a code')

    expect(await statusAndCode(logIn(person.email))).toEqual([401, 'accounts/second-factor-needed'])
    // A wrong password says nothing of a second factor.
    expect(await statusAndCode(logIn(person.email, undefined, 'guess guess guess'))).toEqual([
      401,
      'accounts/wrong-login',
    ])
    service.clock.advance(STEP_MS)
    const code = codeOf(secret)
    expect((await logIn(person.email, code)).status).toBe(200)
    expect(await statusAndCode(logIn(person.email, code))).toEqual([401, 'accounts/wrong-code'])
  })

  test('takes the code of one step before and after, and none further away', async () => {
    const person = await joinService(service)
    const { secret } = await switchOn(person)
    const at = (steps: number) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({
        timestamp: service.clock.now().getTime() + steps * STEP_MS,
      })
    service.clock.advance(10 * STEP_MS)
    for (const steps of [-2, 2]) expect((await logIn(person.email, at(steps))).status).toBe(401)
    expect((await logIn(person.email, at(-1))).status).toBe(200)
    expect((await logIn(person.email, at(1))).status).toBe(200)
    // A later code was used: the ones before are worth nothing.
    expect((await logIn(person.email, at(0))).status).toBe(401)
  })

  test('opens by each recovery code once, however it is typed, and tells its owner', async () => {
    const person = await joinService(service)
    const { recoveryCodes } = await switchOn(person)
    const [first = '', second = ''] = recoveryCodes
    const parallel = await Promise.all([logIn(person.email, first), logIn(person.email, first)])
    expect(parallel.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401])
    expect((await logIn(person.email, second.toLowerCase().replaceAll('-', ' '))).status).toBe(200)
    await expect
      .poll(() => subjectsTo(person.email))
      .toContain('A recovery code of your TrackSensei account was used')
    const rows = await service.ctx.db.selectFrom('recovery_codes').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(first)

    const fresh = await person.send('post', '/api/me/second-factor/recovery-codes', { password: PASSWORD })
    expect(fresh.body.recoveryCodes).toHaveLength(10)
    expect((await logIn(person.email, recoveryCodes[2])).status).toBe(401)
  })

  test('cannot be guessed: after ten wrong codes even the right one waits, until a quarter of an hour is over', async () => {
    const person = await joinService(service)
    const { secret } = await switchOn(person)
    service.clock.advance(STEP_MS)
    for (let guess = 0; guess < 10; guess += 1)
      expect((await logIn(person.email, String(guess).padStart(6, '0'))).status).toBe(401)
    const held = await logIn(person.email, codeOf(secret))
    expect([held.status, held.body.code]).toEqual([429, 'accounts/too-many-logins'])
    service.clock.advance(15 * 60_000)
    expect((await logIn(person.email, codeOf(secret))).status).toBe(200)
  })

  test('cannot be guessed by calling oneself another browser each time: strange ones share their ten tries', async () => {
    const person = await joinService(service)
    const { secret } = await switchOn(person)
    service.clock.advance(STEP_MS)
    const asBrowser = (version: number, code: string) =>
      createClient(service).send(
        'post',
        '/api/session',
        { email: person.email, password: PASSWORD, code },
        { 'User-Agent': browsers[version % browsers.length] ?? '' },
      )
    for (let guess = 0; guess < 10; guess += 1)
      expect((await asBrowser(guess, String(guess).padStart(6, '0'))).status).toBe(401)
    expect((await asBrowser(0, codeOf(secret))).status).toBe(429)
    expect((await asBrowser(1, codeOf(secret))).status).toBe(429)
    // Where its owner logged in before, the account still opens.
    expect((await logIn(person.email, codeOf(secret))).status).toBe(200)
  })

  test('is not lifted by a new password from a letter, and is switched off with the password', async () => {
    const person = await joinService(service)
    await switchOn(person)
    expect((await person.send('post', '/api/me/second-factor', { password: PASSWORD })).status).toBe(409)
    expect((await person.send('post', '/api/me/second-factor/removal', { password: 'guess' })).status).toBe(
      422,
    )
    await service.ctx.db.updateTable('second_factors').set({ last_step: 0 }).execute()
    await person.send('post', '/api/password-resets', { email: person.email })
    const subject = 'Set a new password for TrackSensei'
    await expect.poll(() => subjectsTo(person.email)).toContain(subject)
    const letter = (await service.letters()).find((one) => one.to === person.email && one.subject === subject)
    const token = /#token=([\w-]+)/.exec(letter?.text ?? '')?.[1] ?? ''
    const password = 'eleven borrowed microphones'
    expect((await person.send('post', '/api/password-resets/complete', { token, password })).status).toBe(200)
    expect(await statusAndCode(logIn(person.email, undefined, password))).toEqual([
      401,
      'accounts/second-factor-needed',
    ])
  })

  test('is off again with the password, and the login needs nothing else', async () => {
    const person = await joinService(service)
    await switchOn(person)
    expect((await person.send('post', '/api/me/second-factor/removal', { password: PASSWORD })).status).toBe(
      204,
    )
    expect((await logIn(person.email)).status).toBe(200)
    await expect
      .poll(() => subjectsTo(person.email))
      .toContain('Your TrackSensei login no longer needs a code')
    expect(
      (await person.send('post', '/api/me/second-factor/recovery-codes', { password: PASSWORD })).status,
    ).toBe(409)
  })
})

test('a sealed secret opens only whole, and only for its account', () => {
  const { secrets } = service.ctx
  const sealed = seal(secrets, 'one', Buffer.from('twenty bytes of seed'))
  expect(unseal(secrets, 'one', sealed).toString()).toBe('twenty bytes of seed')
  expect(() => unseal(secrets, 'another', sealed)).toThrow()
  for (let place = 0; place < sealed.length; place += 1) {
    const changed = Buffer.from(sealed)
    changed[place] = (changed[place] ?? 0) ^ 1
    expect(() => unseal(secrets, 'one', changed)).toThrow()
  }
})
