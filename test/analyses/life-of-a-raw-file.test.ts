import { readdirSync, readlinkSync } from 'node:fs'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sweep } from '../../workers/sweep.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import type { ApiClient } from '../support/api-client.ts'
import { makeWav } from '../support/sounds.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { damagedFlac, noiseFlac } from '../uploads/encoded-sounds.ts'
import { enter } from './sessions.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
/** Promised are 24 hours; the sweeper's own deadline lies half an hour before. */
const RAW_LIFE_MS = 23.5 * HOUR_MS

const liveSet = makeLiveSet(['Bass'])

function openFilesBelow(folder: string): string[] {
  const targets = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return 'closed meanwhile'
    }
  })
  return targets.filter((target) => target.startsWith(folder))
}

function unitsOf(service: TestService) {
  return service.ctx.db.selectFrom('usage_units').select(['id', 'state']).execute()
}

async function uploaded(client: ApiClient, parts: Parameters<ApiClient['upload']>[0]): Promise<string> {
  const { status, body } = await client.upload(parts)
  expect(status).toBe(202)
  return body.analysisId
}

describe.each(databaseKinds)('the raw file of an analysis that succeeds, on %s', (kind) => {
  let service: TestService
  let client: ApiClient
  beforeAll(async () => {
    service = await openTestService({ kind })
    client = await enter(service, 'raw@example.com')
  })
  afterAll(() => service.close())

  test('is gone before the analysis is ever seen as done, however slowly it goes (TS-09, TS-29)', async () => {
    // The real store, on a slow disk: whoever says done too early is seen.
    const { storage } = service.ctx
    const remove = storage.remove
    Object.assign(storage, {
      async remove(key: string) {
        await new Promise((resolve) => setTimeout(resolve, 150))
        await remove(key)
      },
    })
    const id = await uploaded(client, {
      audio: makeWav({ seconds: 3 }),
      set: liveSet,
      reference: makeWav({ seconds: 2 }),
    })
    const seen = new Set<string>()
    for (;;) {
      // The state is read first: a file that is there afterwards was there when that answer was given.
      const { state, report } = (await client.send('get', `/api/analyses/${id}`)).body
      const files = (await service.rawFiles()).length
      seen.add(`${state}, ${files} files`)
      if (state === 'done') {
        expect(report).not.toBeNull()
        break
      }
      expect(report).toBeNull()
      await new Promise((resolve) => setTimeout(resolve, 3))
    }
    expect([...seen].filter((sight) => sight.startsWith('done'))).toEqual(['done, 0 files'])
    expect([...seen].some((sight) => sight.endsWith('3 files'))).toBe(true)
    // Nor does anybody still hold the bytes of a file that has no name any more.
    expect(openFilesBelow(service.ctx.config.uploadsDir)).toEqual([])
  })
})

describe('a failed analysis', () => {
  let service: TestService
  let client: ApiClient
  let id: string
  beforeAll(async () => {
    service = await openTestService()
    client = await enter(service, 'raw@example.com')
    id = await uploaded(client, { audio: { bytes: damagedFlac(), name: 'mix.flac' } })
  })
  afterAll(() => service.close())

  test('says why, keeps its raw file, and costs nothing (TS-31, TS-11)', async () => {
    const { state, failure, report } = (await client.finished(id)).body
    expect([state, report, failure.canRetry]).toEqual(['failed', null, true])
    expect(failure.code).toMatch(/^audio\//)
    expect(new Date(failure.retryUntil).getTime()).toBe(service.clock.now().getTime() + RAW_LIFE_MS)
    expect(await service.rawFiles()).toHaveLength(1)
    expect(await unitsOf(service)).toEqual([{ id, state: 'refunded' }])
    expect((await client.send('get', '/api/usage')).body.analyses).toMatchObject({ used: 0, reserved: 0 })
  })

  test('may be tried again as often as one likes, and still costs nothing', async () => {
    for (let round = 0; round < 3; round += 1) {
      expect((await client.send('post', `/api/analyses/${id}/retry`)).status).toBe(202)
      expect((await client.finished(id)).body.state).toBe('failed')
    }
    expect(await unitsOf(service)).toEqual([{ id, state: 'refunded' }])
  })

  test('keeps its raw file until one second before the deadline, and not a second longer (TS-32)', async () => {
    service.clock.advance(RAW_LIFE_MS - SECOND_MS)
    await sweep(service.ctx)
    expect(await service.rawFiles()).toHaveLength(1)
    service.clock.advance(2 * SECOND_MS)
    await sweep(service.ctx)
    expect(await service.rawFiles()).toEqual([])
  })

  test('cannot be tried again once its raw file is gone: 410', async () => {
    const { failure, rawFiles } = (await client.send('get', `/api/analyses/${id}`)).body
    expect([failure.canRetry, failure.retryUntil]).toEqual([false, null])
    expect(rawFiles[0].deletedAt).not.toBeNull()
    const refused = await client.send('post', `/api/analyses/${id}/retry`)
    expect([refused.status, refused.body.code]).toEqual([410, 'analyses/raw-file-gone'])
  })
})

describe('a reference that cannot be measured', () => {
  let service: TestService
  let client: ApiClient
  let id: string
  beforeAll(async () => {
    service = await openTestService()
    client = await enter(service, 'reference@example.com')
    const reference = { bytes: damagedFlac(), name: 'Their hit.flac' }
    id = await uploaded(client, { audio: makeWav({ seconds: 2 }), reference })
  })
  afterAll(() => service.close())

  test('fails the analysis, says that it is the reference, costs nothing, and both files stay (TS-31)', async () => {
    const { state, failure, report } = (await client.finished(id)).body
    expect([state, report, failure.canRetry]).toEqual(['failed', null, true])
    expect(failure.detail).toMatch(/^The reference track: /)
    expect(await service.rawFiles()).toHaveLength(2)
    expect(await unitsOf(service)).toEqual([{ id, state: 'refunded' }])
    expect((await client.send('get', '/api/references')).body.references).toEqual([])
  })

  test('can be left out: its file goes at once, the mix is measured, and one unit pays for it', async () => {
    expect((await client.send('post', `/api/analyses/${id}/retry?without=everything`)).status).toBe(422)
    expect((await client.send('post', `/api/analyses/${id}/retry?without=reference`)).status).toBe(202)
    const { state, report, reference, rawFiles } = (await client.finished(id)).body
    expect([state, report.comparison, reference]).toEqual(['done', null, null])
    expect(report.loudness.integratedLufs).not.toBeNull()
    expect(await service.rawFiles()).toEqual([])
    expect(rawFiles.every((file: { deletedAt: string | null }) => file.deletedAt !== null)).toBe(true)
    expect(await unitsOf(service)).toEqual([{ id, state: 'used' }])
  })

  test('goes at its deadline with the mix when nobody tries again (TS-32)', async () => {
    const reference = { bytes: damagedFlac(), name: 'hit.flac' }
    const failed = await uploaded(client, { audio: makeWav({ seconds: 1 }), reference })
    expect((await client.finished(failed)).body.state).toBe('failed')
    service.clock.advance(RAW_LIFE_MS - SECOND_MS)
    await sweep(service.ctx)
    expect(await service.rawFiles()).toHaveLength(2)
    service.clock.advance(2 * SECOND_MS)
    await sweep(service.ctx)
    expect(await service.rawFiles()).toEqual([])
  })
})

describe('a retry when the month is spent', () => {
  test('is refused like an upload, and keeps the raw file for when there is room again', async () => {
    const service = await openTestService()
    const client = await enter(service, 'spent@example.com')
    const id = await uploaded(client, { audio: { bytes: damagedFlac(), name: 'mix.flac' } })
    expect((await client.finished(id)).body.state).toBe('failed')
    for (let count = 0; count < 5; count += 1) await client.finished(await uploaded(client, { set: liveSet }))
    const refused = await client.send('post', `/api/analyses/${id}/retry`)
    expect([refused.status, refused.body.code]).toEqual([402, 'billing/analyses-spent'])
    expect((await client.send('get', `/api/analyses/${id}`)).body.failure.canRetry).toBe(true)
    expect((await client.send('get', '/api/usage')).body.analyses).toMatchObject({ used: 5, reserved: 0 })
    expect(await service.rawFiles()).toHaveLength(1)
    await client.send('delete', `/api/analyses/${id}`)
    await service.close()
  })
})

describe('a worker whose decoder is broken', () => {
  let service: TestService
  let client: ApiClient
  let program: string
  beforeAll(async () => {
    service = await openTestService({ env: { FFMPEG_PATH: '/nonexistent/ffmpeg' } })
    client = await enter(service, 'decoder@example.com')
    program = service.ctx.config.ffmpegPath
  })
  afterAll(() => service.close())

  test('fails the analysis; repaired, a retry succeeds without a new upload and is charged once (TS-31)', async () => {
    const id = await uploaded(client, { audio: { bytes: noiseFlac(2), name: 'mix.flac' } })
    const { state, failure } = (await client.finished(id)).body
    expect([state, failure.canRetry]).toEqual(['failed', true])
    expect((await client.send('get', '/api/usage')).body.analyses).toMatchObject({ used: 0, reserved: 0 })

    Object.assign(service.ctx.config, { ffmpegPath: 'ffmpeg' })
    const retries = await Promise.all([1, 2, 3].map(() => client.send('post', `/api/analyses/${id}/retry`)))
    expect(retries.map((retry) => retry.status).sort()).toEqual([202, 409, 409])
    expect((await client.finished(id)).body.state).toBe('done')
    expect(await service.rawFiles()).toEqual([])
    expect(await unitsOf(service)).toEqual([{ id, state: 'used' }])
    expect((await client.send('get', '/api/usage')).body.analyses).toMatchObject({ used: 1, reserved: 0 })
    expect((await client.send('post', `/api/analyses/${id}/retry`)).status).toBe(409)
    Object.assign(service.ctx.config, { ffmpegPath: program })
  })
})

describe('the sweeper', () => {
  let service: TestService
  let client: ApiClient
  beforeAll(async () => {
    service = await openTestService({ withWorkers: false })
    client = await enter(service, 'sweeper@example.com')
  })
  afterAll(() => service.close())
  afterEach(async () => {
    for (const { id } of (await client.send('get', '/api/analyses')).body.analyses)
      await client.send('delete', `/api/analyses/${id}`)
    expect(await service.rawFiles()).toEqual([])
  })

  async function setAge(key: string, ageMs: number): Promise<void> {
    const changed = new Date(Date.now() - ageMs)
    await utimes(path.join(service.ctx.config.uploadsDir, key), changed, changed)
  }

  async function putOrphan(ageMs: number): Promise<string> {
    const key = crypto.randomUUID()
    const folder = path.join(service.ctx.config.uploadsDir, key)
    await mkdir(folder, { mode: 0o700 })
    await writeFile(path.join(folder, 'incoming'), 'sound', { mode: 0o600 })
    await setAge(key, ageMs)
    return key
  }

  test('removes files that no row holds, and keeps uploads that are still arriving', async () => {
    const orphan = await putOrphan(2 * HOUR_MS + MINUTE_MS)
    const arriving = await putOrphan(HOUR_MS)
    await sweep(service.ctx)
    expect(await service.rawFiles()).toEqual([arriving])
    expect(orphan).not.toBe(arriving)
    await setAge(arriving, 2 * HOUR_MS + MINUTE_MS)
    await sweep(service.ctx)
    expect(await service.rawFiles()).toEqual([])
  })

  test('keeps the raw file of an analysis that waits, however many files are orphans', async () => {
    await uploaded(client, { audio: makeWav({ seconds: 1 }) })
    const [held] = await service.rawFiles()
    await setAge(held ?? '', 3 * HOUR_MS)
    await putOrphan(3 * HOUR_MS)
    await sweep(service.ctx)
    expect(await service.rawFiles()).toEqual([held])
  })

  test('removes the raw file of an analysis that nobody ever worked on at its deadline too (TS-32)', async () => {
    await uploaded(client, { audio: makeWav({ seconds: 1 }) })
    service.clock.advance(RAW_LIFE_MS - SECOND_MS)
    await sweep(service.ctx)
    expect(await service.rawFiles()).toHaveLength(1)
    service.clock.advance(2 * SECOND_MS)
    await sweep(service.ctx)
    expect(await service.rawFiles()).toEqual([])
    service.clock.advance(-RAW_LIFE_MS - SECOND_MS)
  })

  test('removes a copy whose analysis was finished elsewhere, however young it is (TS-30)', async () => {
    const id = await uploaded(client, { audio: makeWav({ seconds: 1 }) })
    const [key] = await service.rawFiles()
    await sweep(service.ctx)
    expect(await service.rawFiles()).toEqual([key])
    const { db } = service.ctx
    await db
      .updateTable('uploads')
      .set({ deleted_at: service.clock.now() })
      .where('analysis_id', '=', id)
      .execute()
    await sweep(service.ctx)
    expect(await service.rawFiles()).toEqual([])
  })

  test('removes what a deletion noted before the process ended', async () => {
    const id = await uploaded(client, { audio: makeWav({ seconds: 1 }) })
    const [key = ''] = await service.rawFiles()
    await service.ctx.db
      .insertInto('raw_deletions')
      .values({ storage_key: key, due_at: service.clock.now() })
      .execute()
    await sweep(service.ctx)
    expect(await service.ctx.db.selectFrom('raw_deletions').selectAll().execute()).toEqual([])
    expect(await service.rawFiles()).toEqual([])
    expect((await client.send('delete', `/api/analyses/${id}`)).status).toBe(204)
  })
})
