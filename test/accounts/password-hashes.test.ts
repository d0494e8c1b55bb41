import { createHmac } from 'node:crypto'
import bcrypt from 'bcrypt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient, joinService, PASSWORD } from '../support/api-client.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

describe('hashes of passwords', () => {
  let service: TestService
  beforeAll(async () => {
    service = await openTestService({ withRealHashes: true })
  })
  afterAll(() => service.close())

  const logIn = async (email: string, password: string) =>
    (await createClient(service).send('post', '/api/session', { email, password })).status
  const hashOf = async (email: string) =>
    (
      await service.ctx.db
        .selectFrom('users')
        .select('password_hash')
        .where('email', '=', email)
        .executeTakeFirstOrThrow()
    ).password_hash

  test('passwords are kept as bcrypt hashes of cost 12, and every byte of them counts (TS-04, TS-38)', async () => {
    const email = 'long@example.com'
    const password = 'forty-one quiet synthesizers behind a heavy curtain of rain and somebody hums along'
    const person = { email, password: `${password}A`, isSixteenOrOlder: true }
    await createClient(service).send('post', '/api/accounts', person)
    expect(await hashOf(email)).toMatch(/^\$2b\$12\$/)
    expect(service.ctx.passwords.hashOfNobody).toMatch(/^\$2b\$12\$/)
    expect(await logIn(email, `${password}B`)).toBe(401)
    expect(await logIn(email, `${password}A`)).toBe(200)
  })

  test('a hash made with less work is made anew at the next login (TS-38)', async () => {
    const { email } = await joinService(service)
    // What an installation of years ago would hold: the same digest, fewer rounds.
    const digest = createHmac('sha384', service.ctx.secrets.passwordPepper).update(PASSWORD).digest('base64')
    const old = await bcrypt.hash(digest, 10)
    await service.ctx.db.updateTable('users').set({ password_hash: old }).where('email', '=', email).execute()
    expect(await logIn(email, 'not the passphrase')).toBe(401)
    expect(await hashOf(email)).toBe(old)
    expect(await logIn(email, PASSWORD)).toBe(200)
    expect(await hashOf(email)).toMatch(/^\$2b\$12\$/)
    expect(await logIn(email, PASSWORD)).toBe(200)
  })
})
