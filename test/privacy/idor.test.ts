import { afterAll, beforeAll, expect, test } from 'vitest'
import { listOperations } from '../../src/app.ts'
import { enter } from '../analyses/sessions.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import type { ApiClient } from '../support/api-client.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

let service: TestService
let owner: Awaited<ReturnType<typeof enter>>
let stranger: ApiClient
/** Everything of the owner that has a number. */
let owned: string[]

beforeAll(async () => {
  service = await openTestService()
  owner = await enter(service, 'holder@example.com')
  stranger = await enter(service, 'intruder@example.com')
  const { analysisId } = (await owner.upload({ set: makeLiveSet(['Bass']) })).body
  await owner.finished(analysisId)
  await owner.send('post', `/api/analyses/${analysisId}/messages`, { text: 'How fast is it?' })
  const { messages } = (await owner.send('get', `/api/analyses/${analysisId}/messages`)).body
  const now = service.clock.now()
  const reference = await service.ctx.db
    .insertInto('reference_tracks')
    .values({
      user_id: owner.userId,
      name: 'A kept one',
      sha256: 'a'.repeat(64),
      profile: '{}',
      created_at: now,
      last_used_at: now,
      expires_at: new Date(now.getTime() + 86_400_000),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const messageIds = messages.map((message: { id: string }) => message.id)
  const link = (await owner.send('post', `/api/analyses/${analysisId}/links`, { days: 1 })).body
  owned = [analysisId, reference.id, link.id, owner.sessionId, owner.userId, ...messageIds]
})
afterAll(() => service.close())

/** A body that the contract takes, for each operation on somebody's thing that wants one. */
const bodies: Record<string, object> = {
  'post /api/analyses/{id}/messages': { text: 'Tell me about it' },
  'post /api/analyses/{id}/review': {},
  'post /api/analyses/{id}/correction': { tempoBpm: 120, beatsPerBar: null, key: null },
  'patch /api/analyses/{id}/correction': { tempoBpm: 120, beatsPerBar: null, key: null },
  'post /api/analyses/{id}/reference': { referenceId: null },
  'patch /api/analyses/{id}/reference': { referenceId: null },
  'patch /api/analyses/{id}/verdicts': { rule: 'mud', verdict: null },
  'post /api/analyses/{id}/links': { days: 1 },
  'patch /api/references/{id}': { name: 'Mine now' },
}

async function rowsOf(): Promise<unknown> {
  const tables = [
    'users',
    'login_sessions',
    'analyses',
    'messages',
    'reference_tracks',
    'uploads',
    'report_links',
  ] as const
  return Promise.all(tables.map((table) => service.ctx.db.selectFrom(table).selectAll().execute()))
}

test('no operation of the API takes somebody else’s number: 404 for every one of them, and nothing changes (T10)', async () => {
  const before = await rowsOf()
  const operations = listOperations(service.ctx).filter(
    ({ path, access }) => path.includes('{') && access !== 'public',
  )
  expect(operations.length).toBeGreaterThanOrEqual(12)
  for (const { method, path, body } of operations) {
    const sample = bodies[`${method} ${path}`]
    expect([path, sample !== undefined], 'this operation needs a sample body').toEqual([
      path,
      body !== undefined,
    ])
    for (const id of owned) {
      // Limits are not what is tried here.
      await service.ctx.db.deleteFrom('rate_hits').execute()
      for (const otherId of /\{(messageId|linkId)\}/.test(path) ? owned : [id]) {
        const address = path.replace('{id}', id).replace(/\{(messageId|linkId)\}/, otherId)
        const answer = await stranger.send(method, address, sample)
        expect([method, path, answer.status]).toEqual([method, path, 404])
      }
    }
  }
  expect(await rowsOf()).toEqual(before)
})

test('lists of one account hold nothing of another', async () => {
  const lists = listOperations(service.ctx).filter(
    ({ method, path, access }) => method === 'get' && access !== 'public' && !path.includes('{'),
  )
  expect(lists.length).toBeGreaterThanOrEqual(5)
  for (const { path } of lists) {
    const text = JSON.stringify((await stranger.send('get', path)).body)
    expect(
      owned.filter((id) => text.includes(id)),
      path,
    ).toEqual([])
    expect(text, path).not.toContain('holder@example.com')
  }
})
