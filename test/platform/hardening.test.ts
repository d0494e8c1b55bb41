import { createServer, type Server } from 'node:http'
import net from 'node:net'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp, listOperations } from '../../src/app.ts'
import { enter } from '../analyses/sessions.ts'
import type { ApiClient } from '../support/api-client.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

let service: TestService
let client: ApiClient
let server: Server
let port: number
beforeAll(async () => {
  service = await openTestService()
  client = await enter(service, 'hardening@example.com')
  server = createServer(service.app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await service.close()
})

const post = (path: string, body: string) =>
  request(service.app)
    .post(path)
    .set({ 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json', Cookie: client.cookie ?? '' })
    .send(body)

describe('every answer', () => {
  test('behind TLS every answer asks for TLS for two years, and without TLS none does (TS-42)', async () => {
    const config = { ...service.ctx.config, baseUrl: 'https://tracksensei.example' }
    const secure = createApp({ ...service.ctx, config })
    for (const path of ['/', '/api/info', '/api/none', '/healthz'])
      expect((await request(secure).get(path)).headers['strict-transport-security'], path).toBe(
        'max-age=63072000; includeSubDomains',
      )
    expect((await request(service.app).get('/')).headers['strict-transport-security']).toBeUndefined()
  })

  test('allows only what the pages are made of, no frames, no sensors, no guessing of types', async () => {
    const { headers } = await request(service.app).get('/login').set('Accept', 'text/html')
    const policy = String(headers['content-security-policy'])
    for (const part of ["default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'"])
      expect(policy).toContain(part)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(/script-src[^;]*unsafe/.test(policy)).toBe(false)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    })
    expect(headers['x-powered-by']).toBeUndefined()
  })

  test('no answer lets another origin read it, and private ones are stored by nobody', async () => {
    const reads = listOperations(service.ctx).filter(
      ({ method, path }) => method === 'get' && !path.includes('{'),
    )
    for (const { path } of reads) {
      const { headers } = await request(service.app)
        .get(path)
        .set({ Cookie: client.cookie ?? '', Origin: 'https://evil.example' })
      expect(headers['access-control-allow-origin'], path).toBeUndefined()
      expect(headers['cache-control'], path).toBe('no-store')
      expect(headers.etag, path).toBeUndefined()
    }
  })

  test('reading changes nothing', async () => {
    const rows = async () => {
      const tables = ['users', 'login_sessions', 'analyses', 'messages', 'consents', 'exports'] as const
      return Promise.all(tables.map((table) => service.ctx.db.selectFrom(table).selectAll().execute()))
    }
    const before = await rows()
    for (const { method, path } of listOperations(service.ctx))
      if (method === 'get' && !path.includes('{')) await client.send('get', path)
    expect(await rows()).toEqual(before)
  })

  test('at logout the browser is told to clear what it has', async () => {
    const person = await enter(service, 'leaving@example.com')
    const { headers } = await person.send('delete', '/api/session')
    expect(headers['clear-site-data']).toBe('"cache", "storage"')
    expect(String(headers['set-cookie'])).toContain('Max-Age=0')
  })
})

describe('odd input (T18)', () => {
  test('that reaches for the prototype of everything changes nothing', async () => {
    for (const body of ['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"isAdmin":true}}}'])
      expect((await post('/api/session', body)).status).toBe(422)
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined()
  })

  test('of twenty thousand levels or a megabyte is refused at once', async () => {
    const start = performance.now()
    expect((await post('/api/session', `${'['.repeat(20_000)}${']'.repeat(20_000)}`)).status).toBe(422)
    expect((await post('/api/session', `"${'x'.repeat(1_000_000)}"`)).status).toBe(413)
    expect(performance.now() - start).toBeLessThan(3000)
  })

  test('with a parameter twice, or a list where one value belongs, is refused', async () => {
    expect((await client.send('get', '/api/analyses?limit=1&limit=2')).status).toBe(422)
    expect((await post('/api/session', '{"email":["a@example.com"],"password":"x"}')).status).toBe(422)
  })
})

describe('somebody who sends a small body byte by byte (T19)', () => {
  test('is cut off after 20 seconds, and others are answered meanwhile', async () => {
    const body = '{"email":"slow@example.com","password":"xxxxxxxxxxxx"}'
    const head = [
      'POST /api/session HTTP/1.1',
      'Host: localhost',
      'Sec-Fetch-Site: same-origin',
      'Content-Type: application/json',
      `Content-Length: ${body.length + 1000}`,
    ]
    const slow = Array.from({ length: 50 }, () => {
      const socket = net.connect(port, '127.0.0.1', () => socket.write(`${head.join('\r\n')}\r\n\r\n{`))
      socket.on('error', () => undefined)
      const drip = setInterval(() => socket.write(' '), 500)
      return new Promise<number>((resolve) => {
        const start = performance.now()
        socket.on('close', () => {
          clearInterval(drip)
          resolve(performance.now() - start)
        })
      })
    })
    for (let turn = 0; turn < 20; turn += 1) expect((await client.send('get', '/api/me')).status).toBe(200)
    const lasted = await Promise.all(slow)
    expect(Math.min(...lasted)).toBeGreaterThan(15_000)
    expect(Math.max(...lasted)).toBeLessThan(40_000)
  }, 60_000)
})
