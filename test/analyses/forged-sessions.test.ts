import { randomBytes } from 'node:crypto'
import jwt from 'jsonwebtoken'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listOperations } from '../../src/app.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { enter } from './sessions.ts'

const NOBODYS = '00000000-0000-4000-8000-000000000000'

let service: TestService
let person: Awaited<ReturnType<typeof enter>>
let other: Awaited<ReturnType<typeof enter>>
beforeAll(async () => {
  service = await openTestService({ withWorkers: false })
  person = await enter(service, 'genuine@example.com')
  other = await enter(service, 'other@example.com')
})
afterAll(() => service.close())

interface Forgery {
  claims?: Record<string, unknown>
  without?: string
  algorithm?: jwt.Algorithm
  secret?: Buffer
  kid?: string
}

/** A token as the service would write it, but for what is forged. */
function forge({ claims = {}, without, algorithm = 'HS256', secret, kid }: Forgery): string {
  const [key] = service.ctx.secrets.sessionKeys
  const iat = Math.floor(service.clock.now().getTime() / 1000)
  const genuine: Record<string, unknown> = {
    typ: 'session',
    sub: person.userId,
    sid: person.sessionId,
    gen: 0,
    iat,
    exp: iat + 3600,
    iss: 'tracksensei',
    aud: 'tracksensei-web',
    ...claims,
  }
  if (without) delete genuine[without]
  return jwt.sign(genuine, algorithm === 'none' ? '' : (secret ?? key.secret), {
    algorithm,
    keyid: kid ?? key.kid,
  })
}

function base64Url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** Another account's id in a payload whose signature was made for this one. */
function edited(): string {
  const [head, payload = '', signature] = forge({}).split('.')
  const claims: object = JSON.parse(Buffer.from(payload, 'base64url').toString())
  return [head, base64Url({ ...claims, sub: other.userId, sid: other.sessionId }), signature].join('.')
}

function privateOperations() {
  return listOperations(service.ctx).filter((operation) => operation.access !== 'public')
}

/** The statuses of every private operation with this cookie. */
async function statusesWith(cookie: string | undefined): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {}
  for (const { method, path } of privateOperations()) {
    const address = path.replaceAll(/\{\w+\}/g, NOBODYS)
    const call = request(service.app)[method](address).set({ 'Sec-Fetch-Site': 'same-origin', 'X-TS': '1' })
    if (cookie !== undefined) call.set('Cookie', cookie)
    statuses[`${method} ${path}`] = (await call).status
  }
  return statuses
}

const hour = 3600
const rows: [string, () => string | undefined][] = [
  ['no cookie', () => undefined],
  ['an empty cookie', () => ''],
  ['no token at all', () => 'nonsense'],
  ['alg none', () => forge({ algorithm: 'none' })],
  ['alg none, with the old signature', () => `${forge({ algorithm: 'none' })}${forge({}).split('.')[2]}`],
  ['HS512 with the right key', () => forge({ algorithm: 'HS512' })],
  ['another key', () => forge({ secret: randomBytes(48) })],
  ['a kid nobody knows', () => forge({ kid: 'other' })],
  ['a kid that is a path', () => forge({ kid: '../../dev/null', secret: Buffer.alloc(48) })],
  [
    'a token that expired',
    () => forge({ claims: { exp: Math.floor(service.clock.now().getTime() / 1000) - 1 } }),
  ],
  ['no expiry', () => forge({ without: 'exp' })],
  ['no session id', () => forge({ without: 'sid' })],
  ['no generation', () => forge({ without: 'gen' })],
  ['a generation nobody was given', () => forge({ claims: { gen: 7 } })],
  ['another audience', () => forge({ claims: { aud: 'tracksensei-admin' } })],
  ['no audience', () => forge({ without: 'aud' })],
  ['another issuer', () => forge({ claims: { iss: 'somebody' } })],
  ['another type', () => forge({ claims: { typ: 'reset' } })],
  ['an edited payload', edited],
  ['a cut signature', () => forge({}).slice(0, -4)],
  ["somebody else's session id", () => forge({ claims: { sid: other.sessionId } })],
  ['a session id nobody has', () => forge({ claims: { sid: NOBODYS } })],
  [
    'an issue date in the future',
    () => forge({ claims: { nbf: Math.floor(service.clock.now().getTime() / 1000) + hour } }),
  ],
]

describe('a session token that was not given by us opens no private operation (TS-39)', () => {
  test.each(rows)('%s: 401', async (_what, make) => {
    const token = make()
    const statuses = await statusesWith(token === undefined ? undefined : `__Host-ts=${token}`)
    expect(Object.keys(statuses).length).toBeGreaterThanOrEqual(10)
    expect(Object.entries(statuses).filter(([, status]) => status !== 401)).toEqual([])
  })

  test('the genuine one does open them, so that the rows above say something', async () => {
    const { body } = await request(service.app)
      .get('/api/me')
      .set('Cookie', `__Host-ts=${forge({})}`)
    expect(body.email).toBe('genuine@example.com')
  })

  test('under another cookie name, or in a header, it is nothing', async () => {
    const names = ['ts', '__Secure-ts', '__host-ts']
    for (const name of names)
      expect(
        (
          await request(service.app)
            .get('/api/me')
            .set('Cookie', `${name}=${forge({})}`)
        ).status,
      ).toBe(401)
    const bearer = await request(service.app)
      .get('/api/me')
      .set('Authorization', `Bearer ${forge({})}`)
    expect(bearer.status).toBe(401)
  })

  test('a session that was ended is refused at the next request', async () => {
    await service.ctx.db.deleteFrom('login_sessions').where('id', '=', person.sessionId).execute()
    const statuses = await statusesWith(`__Host-ts=${forge({})}`)
    expect(Object.entries(statuses).filter(([, status]) => status !== 401)).toEqual([])
  })
})
