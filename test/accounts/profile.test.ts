import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient, joinService, PASSWORD } from '../support/api-client.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

describe.each(databaseKinds)('what a person may correct on %s', (kind) => {
  let service: TestService
  beforeAll(async () => {
    service = await openTestService({ kind })
  })
  afterAll(() => service.close())

  const lettersTo = async (email: string) => (await service.letters()).filter((letter) => letter.to === email)
  async function newAddressToken(email: string): Promise<string> {
    await expect.poll(async () => (await lettersTo(email)).length).toBe(1)
    return /confirm-email#token=([\w-]+)/.exec((await lettersTo(email))[0]?.text ?? '')?.[1] ?? ''
  }
  const confirm = (token: string) =>
    createClient(service).send('post', '/api/accounts/confirm-email', { token })

  test('the name is set, shown and cleared (TS-03, TS-47)', async () => {
    const person = await joinService(service)
    const change = (displayName: string | null) => person.send('patch', '/api/me', { displayName })
    expect((await change('  Ada B.  ')).body.displayName).toBe('Ada B.')
    expect((await person.send('get', '/api/me')).body.displayName).toBe('Ada B.')
    expect((await change('')).status).toBe(422)
    expect((await change(null)).body.displayName).toBeNull()
    const rows = await service.ctx.db.selectFrom('users').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain('Ada B.')
  })

  test('the address changes when the new one is confirmed; the old one is told, and gone from the database (TS-47)', async () => {
    const person = await joinService(service)
    const email = `moved.${kind}@example.com`
    expect((await person.send('post', '/api/me/email', { email, password: 'guess' })).status).toBe(422)
    expect((await person.send('post', '/api/me/email', { email, password: PASSWORD })).status).toBe(202)
    const token = await newAddressToken(email)
    expect((await person.send('get', '/api/me')).body.email).toBe(person.email)
    expect((await confirm(token)).status).toBe(200)
    expect((await confirm(token)).status).toBe(410)
    expect((await person.send('get', '/api/me')).body).toMatchObject({ email, isVerified: true })
    await expect
      .poll(async () => (await lettersTo(person.email)).map((letter) => letter.subject))
      .toContain('Your TrackSensei account has a new address')
    const tables = ['users', 'letters', 'email_tokens', 'known_devices'] as const
    for (const table of tables)
      await expect
        .poll(async () => JSON.stringify(await service.ctx.db.selectFrom(table).selectAll().execute()))
        .not.toContain(person.email)
    const login = (address: string) =>
      createClient(service).send('post', '/api/session', { email: address, password: PASSWORD })
    expect([(await login(person.email)).status, (await login(email)).status]).toEqual([401, 200])
  })

  test('an address that has an account already is told so there; the answer says nothing', async () => {
    const [person, holder] = [await joinService(service), await joinService(service)]
    service.clock.advance(1000)
    const answer = await person.send('post', '/api/me/email', { email: holder.email, password: PASSWORD })
    expect(answer.status).toBe(202)
    await expect
      .poll(async () => (await lettersTo(holder.email)).map((letter) => letter.subject))
      .toContain('You already have a TrackSensei account')
    expect((await person.send('get', '/api/me')).body.email).toBe(person.email)
  })

  test('an address that was taken between the letter and the click is not taken twice', async () => {
    const person = await joinService(service)
    const email = `race.${kind}@example.com`
    await person.send('post', '/api/me/email', { email, password: PASSWORD })
    const token = await newAddressToken(email)
    await createClient(service).send('post', '/api/accounts', {
      email,
      password: PASSWORD,
      isSixteenOrOlder: true,
    })
    expect((await confirm(token)).status).toBe(410)
    expect((await person.send('get', '/api/me')).body.email).toBe(person.email)
  })

  test('the link works for 24 hours', async () => {
    const person = await joinService(service)
    const email = `slow.${kind}@example.com`
    await person.send('post', '/api/me/email', { email, password: PASSWORD })
    const token = await newAddressToken(email)
    service.clock.advance(24 * 3_600_000)
    expect((await confirm(token)).status).toBe(410)
    service.clock.advance(-1000)
    expect((await confirm(token)).status).toBe(200)
  })
})
