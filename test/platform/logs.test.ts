import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../src/core/log.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { type ApiClient, joinService, PASSWORD, tokenSentTo } from '../support/api-client.ts'
import { makeWav } from '../support/sounds.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { noiseFlac } from '../uploads/encoded-sounds.ts'

/** What a line may hold: the technical fields that are promised, and nothing else (TS-13). */
const allowed = new Set([
  ...['level', 'time', 'event', 'requestId', 'method', 'route', 'status', 'durationMs', 'ip', 'userAgent'],
  ...['code', 'analysisId', 'jobId', 'task', 'attempt', 'count', 'sizeBytes', 'stage', 'port', 'services'],
  ...['database', 'storage', 'coach', 'eventType', 'upstreamRequestId', 'version', 'signal'],
  ...['errorClass', 'errorStack', 'errorCode'],
])

const secrets = {
  audioName: 'canary-night-drive.wav',
  setName: 'canary-arrangement.als',
  track: 'canary-bassline',
  note: 'canary-note-to-myself',
  question: 'canary-question-about-my-mix',
  wrongPassword: 'canary-wrong-passphrase',
}

let service: TestService
let client: ApiClient & { email: string }
let token: string
beforeAll(async () => {
  service = await openTestService()
  client = await joinService(service)
  token = await tokenSentTo(service, client.email)
})
afterAll(() => service.close())

async function journey(): Promise<void> {
  const audio = { bytes: makeWav({ seconds: 1 }), name: secrets.audioName }
  const set = { bytes: makeLiveSet([secrets.track]), name: secrets.setName }
  const { analysisId } = (await client.upload({ audio, set, intent: { kind: 'mix', notes: secrets.note } }))
    .body
  await client.finished(analysisId)
  await client.send('post', `/api/analyses/${analysisId}/messages`, { text: secrets.question })
  await client.send('get', `/api/analyses?cursor=canary-cursor`)
  await client.upload({ audio: { bytes: Buffer.from('no sound'), name: secrets.audioName } })
  const damaged = noiseFlac(2)
  damaged.fill(0x55, damaged.length / 2, damaged.length / 2 + 40_000)
  const failing = (await client.upload({ audio: { bytes: damaged, name: secrets.audioName } })).body
    .analysisId
  await client.finished(failing)
  await client.send('post', '/api/session', { email: client.email, password: secrets.wrongPassword })
  await client.send('post', '/api/accounts/verify', { token })
  await client.send('get', '/api/accounts/canary-path?token=canary-query')
  await client.send('delete', `/api/analyses/${analysisId}`)
}

/** A table that went missing: the errors that follow quote what was written. */
async function breakOneTable(): Promise<void> {
  await sql`alter table usage_periods rename to usage_periods_gone`.execute(service.ctx.db)
  expect((await client.send('get', '/api/usage')).status).toBe(500)
  expect((await client.upload({ set: makeLiveSet([secrets.track]) })).status).toBe(500)
  await sql`alter table usage_periods_gone rename to usage_periods`.execute(service.ctx.db)
}

describe('the lines of a whole journey', () => {
  let lines: Record<string, unknown>[]
  beforeAll(async () => {
    await journey()
    await breakOneTable()
    lines = service.logLines.map((line) => JSON.parse(line))
  })

  test('are many, and tell of requests, failures and what went wrong on our side', () => {
    const events = new Set(lines.map((line) => line.event))
    for (const event of ['request', 'analysis-failed', 'request-failed']) expect(events).toContain(event)
    expect(lines.length).toBeGreaterThan(15)
  })

  test('carry no key beyond those that are promised (TS-13)', () => {
    const strange = lines.flatMap((line) => Object.keys(line).filter((key) => !allowed.has(key)))
    expect(strange).toEqual([])
  })

  test('hold no address, name, token, password, question or path (TS-05)', () => {
    const text = service.logLines.join('\n')
    const cookie = client.cookie?.split('=')[1] ?? 'no cookie'
    for (const secret of [
      ...Object.values(secrets),
      client.email,
      'example.com',
      PASSWORD,
      token,
      cookie,
      'canary',
    ])
      expect(text).not.toContain(secret)
    expect(text).not.toContain(service.ctx.config.uploadsDir)
  })

  test('name routes, not addresses', () => {
    const routes = new Set(lines.flatMap((line) => (line.event === 'request' ? [String(line.route)] : [])))
    expect(routes).toContain('/api/analyses/:id')
    for (const route of routes) expect(route).not.toMatch(/[0-9a-f]{8}-|\?/)
  })
})

describe('a line', () => {
  test('stays one line and one object, whatever a browser calls itself (T31)', async () => {
    const before = service.logLines.length
    const name = `bad"},{"level":50,"event":"forged"}\t\\n ${'x'.repeat(5000)}`
    await client.send('get', '/api/me', undefined, { 'User-Agent': name })
    const added = service.logLines.slice(before)
    expect(added).toHaveLength(1)
    const [line = ''] = added
    expect(line.trim()).not.toContain('\n')
    expect(JSON.parse(line)).toMatchObject({ event: 'request', userAgent: name.slice(0, 300) })
  })

  test('tells class and place of an error, never its words', () => {
    const written: string[] = []
    const log = createLog('info', { write: (line) => void written.push(line) })
    log.error('request-failed', { error: new TypeError('somebody@example.com wrote canary.wav') })
    expect(written.join('')).toContain('"errorClass":"TypeError"')
    expect(written.join('')).not.toMatch(/somebody|canary/)
  })
})
