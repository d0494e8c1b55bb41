import { createParser } from 'eventsource-parser'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listOperations } from '../../src/app.ts'
import type { Operation } from '../../src/core/http/operation.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import type { ApiClient } from '../support/api-client.ts'
import { makeWav } from '../support/sounds.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { ORIGIN, openTestService, type TestService } from '../support/test-service.ts'
import { type Door, openDoor } from '../uploads/raw-requests.ts'
import { enter } from './sessions.ts'

const liveSet = makeLiveSet(['Bass'])
const NOBODYS = '00000000-0000-4000-8000-000000000000'

/** What a stranger would send, where it is not a question. */
const bodies: Record<string, object> = {
  '/api/references/{id}': { name: 'Mine' },
  '/api/analyses/{id}/reference': { referenceId: null },
  '/api/analyses/{id}/correction': { tempoBpm: 120, beatsPerBar: null, key: null },
  '/api/analyses/{id}/verdicts': { rule: 'mud', verdict: 'intended' },
  '/api/analyses/{id}/links': { days: 1 },
  '/api/analyses/{id}/review': {},
}

/** All rows of ours but the counters of rate limits, to see that a refusal changed nothing. */
async function everything(service: TestService): Promise<unknown> {
  const tables = [
    'users',
    'login_sessions',
    'analyses',
    'uploads',
    'messages',
    'reference_tracks',
    'usage_periods',
    'letters',
  ] as const
  return Promise.all(tables.map((table) => service.ctx.db.selectFrom(table).selectAll().execute()))
}

function addressOf(operation: Operation, analysisId: string, messageId: string): string {
  return operation.path
    .replace('{id}', analysisId)
    .replace('{messageId}', messageId)
    .replaceAll(/\{\w+\}/g, NOBODYS)
}

describe.each(databaseKinds)("somebody else's analysis on %s", (kind) => {
  let service: TestService
  let owner: ApiClient
  let stranger: ApiClient
  let analysisId: string
  let messageId: string
  beforeAll(async () => {
    service = await openTestService({ kind })
    owner = await enter(service, 'owner@example.com')
    stranger = await enter(service, 'stranger@example.com')
    analysisId = (await owner.upload({ set: liveSet })).body.analysisId
    await owner.finished(analysisId)
    await owner.send('post', `/api/analyses/${analysisId}/messages`, { text: 'How fast is it?' })
    const { messages } = (await owner.send('get', `/api/analyses/${analysisId}/messages`)).body
    messageId = messages[0].id
  })
  afterAll(() => service.close())

  test('is absent on every route and verb, in the same words as one that never was, and stays as it is (T10)', async () => {
    const before = await everything(service)
    const operations = listOperations(service.ctx).filter((operation) =>
      operation.path.startsWith('/api/analyses/'),
    )
    expect(operations.length).toBeGreaterThanOrEqual(6)
    for (const operation of operations) {
      const { method } = operation
      const body = operation.body && (bodies[operation.path] ?? { text: 'Tell me about it' })
      const theirs = await stranger.send(method, addressOf(operation, analysisId, messageId), body)
      const nobodys = await stranger.send(method, addressOf(operation, NOBODYS, NOBODYS), body)
      expect([operation.summary, theirs.status]).toEqual([operation.summary, 404])
      expect({ ...theirs.body, requestId: '' }).toEqual({ ...nobodys.body, requestId: '' })
    }
    expect(await everything(service)).toEqual(before)
  })

  test('is in nobody else’s list', async () => {
    const idsOf = async (client: ApiClient) =>
      (await client.send('get', '/api/analyses')).body.analyses.map((analysis: { id: string }) => analysis.id)
    const { analysisId: own } = (await stranger.upload({ set: liveSet })).body
    expect(await idsOf(stranger)).toEqual([own])
    expect(await idsOf(owner)).toEqual([analysisId])
  })

  test('an address that is no id is absent, not an error', async () => {
    for (const id of ['1', "' or 1=1", '%00', NOBODYS.slice(1), '..%2f..'])
      expect((await owner.send('get', `/api/analyses/${id}`)).status).toBe(404)
  })

  test('a list of 65 comes in pages that hold each analysis once, newest first', async () => {
    const reader = await enter(service, 'collector@example.com')
    const start = service.clock.now().getTime()
    const rows = Array.from({ length: 65 }, (_, index) => ({
      user_id: reader.userId,
      state: 'done' as const,
      stage: 'done',
      audio_name: `take ${index}.wav`,
      set_name: null,
      intent: '{"kind":"mix"}',
      report: null,
      failure_code: null,
      failure_detail: null,
      // Several in the same millisecond, across the border of a page too.
      created_at: new Date(start - Math.floor(index / 7)),
      finished_at: null,
      expires_at: new Date(start + 86_400_000),
    }))
    await service.ctx.db.insertInto('analyses').values(rows).execute()
    const pages: { id: string; createdAt: string }[][] = []
    let cursor: string | null = null
    do {
      const query: string = cursor === null ? '' : `?cursor=${cursor}`
      const { body } = await reader.send('get', `/api/analyses${query}`)
      pages.push(body.analyses)
      cursor = body.nextCursor
    } while (cursor !== null)
    expect(pages.map((page) => page.length)).toEqual([30, 30, 5])
    const all = pages.flat()
    expect(new Set(all.map((analysis) => analysis.id)).size).toBe(65)
    const times = all.map((analysis) => analysis.createdAt)
    expect(times).toEqual(times.toSorted().toReversed())
  })

  test('a cursor that was made up is refused', async () => {
    for (const cursor of ['x', 'e30', Buffer.from('["2026-01-01T00:00:00Z","1"]').toString('base64url')])
      expect((await owner.send('get', `/api/analyses?cursor=${cursor}`)).status).toBe(422)
  })
})

describe('a write from another site', () => {
  let service: TestService
  let owner: ApiClient
  let analysisId: string
  beforeAll(async () => {
    service = await openTestService()
    owner = await enter(service, 'target@example.com')
    analysisId = (await owner.upload({ set: liveSet })).body.analysisId
    await owner.finished(analysisId)
  })
  afterAll(() => service.close())

  const forgeries: [string, Record<string, string>][] = [
    ['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling of ours', { 'Sec-Fetch-Site': 'same-site' }],
    ['the address bar', { 'Sec-Fetch-Site': 'none' }],
    ['another site that also names our origin', { 'Sec-Fetch-Site': 'cross-site', Origin: ORIGIN }],
    ['an old browser on a foreign page', { Origin: 'https://evil.example' }],
    ['an old browser on a sibling port', { Origin: 'http://localhost:3001' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['nobody knows where', {}],
  ]
  test.each(forgeries)('is refused on every operation and changes nothing: %s', async (_who, headers) => {
    const writes = listOperations(service.ctx).filter(
      (operation) => operation.method !== 'get' && operation.bodyKind !== 'raw',
    )
    expect(writes.length).toBeGreaterThanOrEqual(9)
    const before = await everything(service)
    for (const operation of writes) {
      const response = await request(service.app)
        [operation.method](addressOf(operation, analysisId, NOBODYS))
        .set({ Cookie: owner.cookie ?? '', 'X-TS': '1', ...headers })
      expect([operation.summary, response.status, response.body.code]).toEqual([
        operation.summary,
        403,
        'cross-site',
      ])
    }
    expect(await everything(service)).toEqual(before)
  })

  test('a form without the header that only our pages send is refused too', async () => {
    const response = await request(service.app)
      .post('/api/uploads')
      .set({ Cookie: owner.cookie ?? '', Origin: ORIGIN })
      .attach('set', liveSet, 'song.als')
    expect([response.status, response.body.code]).toEqual([403, 'cross-site'])
    expect(await service.rawFiles()).toEqual([])
  })

  test('our own origin without Sec-Fetch-Site is us', async () => {
    const response = await request(service.app)
      .delete(`/api/analyses/${NOBODYS}`)
      .set({ Cookie: owner.cookie ?? '', Origin: ORIGIN })
    expect(response.status).toBe(404)
  })
})

describe('the events of an analysis', () => {
  let service: TestService
  let owner: ApiClient
  let door: Door
  beforeAll(async () => {
    service = await openTestService()
    owner = await enter(service, 'watcher@example.com')
    door = await openDoor(service)
  })
  afterAll(async () => {
    await door.close()
    await service.close()
  })

  interface Seen {
    event: string | undefined
    state: string
    percent: number
  }

  /** Reads the stream to its end. */
  async function readEvents(id: string): Promise<Seen[]> {
    const response = await fetch(`http://127.0.0.1:${door.port}/api/analyses/${id}/events`, {
      headers: { cookie: owner.cookie ?? '' },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const seen: Seen[] = []
    const parser = createParser({
      onEvent: ({ event, data }) => {
        const { state, progress } = JSON.parse(data)
        seen.push({ event, state, percent: progress.percent })
      },
    })
    parser.feed(await response.text())
    return seen
  }

  test('begin with the state as it is, tell the progress, and end with done', async () => {
    const { analysisId } = (await owner.upload({ audio: makeWav({ seconds: 20 }), set: liveSet })).body
    const seen = await readEvents(analysisId)
    expect(new Set(seen.map(({ event }) => event))).toEqual(new Set(['progress']))
    expect(['queued', 'running']).toContain(seen[0]?.state)
    expect(seen.at(-1)).toEqual({ event: 'progress', state: 'done', percent: 100 })
    const percents = seen.map(({ percent }) => percent)
    expect(percents).toEqual(percents.toSorted((a, b) => a - b))
    expect(seen.filter(({ state }) => state === 'done')).toHaveLength(1)
    expect(seen.filter(({ state }) => state === 'running').length).toBeGreaterThanOrEqual(1)
  })

  test('of one that is done are one event, and the stream ends', async () => {
    const { analysisId } = (await owner.upload({ set: liveSet })).body
    await owner.finished(analysisId)
    expect(await readEvents(analysisId)).toEqual([{ event: 'progress', state: 'done', percent: 100 }])
  })

  test('end when the analysis is deleted', async () => {
    const { analysisId } = (await owner.upload({ audio: makeWav({ seconds: 60 }) })).body
    const reading = readEvents(analysisId)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await owner.send('delete', `/api/analyses/${analysisId}`)).status).toBe(204)
    expect((await reading).every(({ state }) => state !== 'done')).toBe(true)
  })
})
