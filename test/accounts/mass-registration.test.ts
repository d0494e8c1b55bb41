import request from 'supertest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD } from '../support/api-client.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const REGISTRATIONS_PER_HOUR = 20

let service: TestService
beforeAll(async () => {
  service = await openTestService({ env: { TRUST_PROXY_HOPS: '1' } })
})
afterAll(() => service.close())

const register = (ip: string, body: object | string) =>
  request(service.app)
    .post('/api/accounts')
    .set({ 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json', 'X-Forwarded-For': ip })
    .send(body)

test('a script that registers accounts is cut off after 20 an hour, whichever address of its network it uses; others are not (TS-21, T16)', async () => {
  const person = (name: string) => ({
    email: `${name}@example.com`,
    password: PASSWORD,
    isSixteenOrOlder: true,
  })
  for (let index = 0; index < REGISTRATIONS_PER_HOUR - 1; index += 1)
    expect((await register(`203.0.113.${index}`, {})).status).toBe(422)
  expect((await register('203.0.113.77', person('last'))).status).toBe(201)
  const before = service.logLines.length
  for (let index = 0; index < 30; index += 1) {
    // Not even read: a body that is no JSON is refused in the same words.
    const refused = await register(`203.0.113.${100 + index}`, index % 2 === 0 ? person(`one${index}`) : '{')
    expect([refused.status, refused.body.code]).toEqual([429, 'rate-limited'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  }
  const events = service.logLines.slice(before).map((line) => JSON.parse(line))
  expect(events.filter((line) => line.event === 'held-off' && line.code === 'register')).toHaveLength(30)
  expect((await register('198.51.100.1', person('elsewhere'))).status).toBe(201)
  const users = await service.ctx.db.selectFrom('users').select('email').execute()
  expect(users.map(({ email }) => email).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'elsewhere@example.com',
    'last@example.com',
  ])
})
