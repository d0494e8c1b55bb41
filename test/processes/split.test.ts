import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { type S3Server, startS3Server } from '../support/s3-server.ts'
import { type Service, startService } from '../support/start-service.ts'
import { databaseKinds, makePostgresDatabase } from '../support/test-databases.ts'
import { noiseFlac } from '../uploads/encoded-sounds.ts'
import { type DecoderProgram, makeSlowDecoder } from './slow-decoder.ts'
import { visit } from './visitor.ts'

describe.runIf(databaseKinds.includes('postgres'))('web and worker on machines of their own', () => {
  let database: Awaited<ReturnType<typeof makePostgresDatabase>>
  let decoder: DecoderProgram
  let bucket: S3Server
  let web: Service
  let worker: Service
  beforeAll(async () => {
    database = await makePostgresDatabase()
    decoder = await makeSlowDecoder()
    bucket = await startS3Server()
    const shared = {
      DATABASE_URL: database.url,
      SESSION_KEYS: `k1:${randomBytes(48).toString('base64')}`,
      PASSWORD_PEPPER: randomBytes(48).toString('base64'),
      FFMPEG_PATH: decoder.file,
      ...bucket.env,
    }
    // Each has folders of its own: nothing but database and bucket lies between them.
    web = await startService({ ...shared, SERVICES: 'web' })
    worker = await startService({ ...shared, SERVICES: 'workers', BASE_URL: web.baseUrl })
  })
  afterAll(async () => {
    for (const service of [web, worker]) await service.close()
    await bucket.close()
    await decoder.remove()
    await database.drop()
  })

  const scratchOf = (service: Service) => readdir(path.join(service.dataDir, 'scratch')).catch(() => [])

  test('a track goes the whole way: letter, upload, progress, report, answer, and no raw byte is left', async () => {
    // Letters are written where the worker runs.
    const visitor = await visit({ ...web, letters: worker.letters })
    const id = await visitor.upload({ audio: noiseFlac(3), set: makeLiveSet(['Kick', 'Bass']) })
    expect(await bucket.objects()).toHaveLength(2)
    expect(await scratchOf(web)).toEqual([])

    const events = await visitor.events(id)
    const states = events.map(({ state }) => state)
    expect(states.at(-1)).toBe('done')
    expect(states).toContain('running')
    expect(new Set(events.map(({ progress }) => progress.percent)).size).toBeGreaterThan(3)
    // At the very moment the last event came, the raw files were gone already.
    expect(await bucket.objects()).toEqual([])

    const { report, rawFiles } = await visitor.analysis(id)
    expect(report?.source).toMatchObject({ container: 'flac', channels: 2, sampleRateHz: 44_100 })
    expect(report?.source?.durationSeconds).toBeCloseTo(3, 2)
    expect(report?.set?.tempoBpm).toBe(128)
    expect(rawFiles.map((file) => file.deletedAt === null)).toEqual([false, false])
    expect(await visitor.usage()).toMatchObject({ used: 1, reserved: 0 })
    expect(await visitor.ask(id, 'How loud is it?')).toMatch(/LUFS/)
    for (const service of [web, worker]) {
      expect(await scratchOf(service)).toEqual([])
      expect(await service.rawFiles()).toEqual([])
    }
  })

  test('a refused upload leaves no object behind', async () => {
    const visitor = await visit({ ...web, letters: worker.letters })
    const form = new FormData()
    form.set('audio', new Blob([new Uint8Array(noiseFlac(1).subarray(0, 30_000))]), 'mix.flac')
    form.set('set', new Blob(['<html>']), 'song.als')
    const headers = { cookie: visitor.cookie, origin: web.baseUrl, 'x-ts': '1' }
    const response = await fetch(`${web.baseUrl}/api/uploads`, { method: 'POST', headers, body: form })
    expect(response.status).toBe(415)
    await expect.poll(() => scratchOf(web)).toEqual([])
    expect(await bucket.objects()).toEqual([])
  })

  test('no process says more than its log may', () => {
    for (const service of [web, worker]) {
      const lines = service.output().trim().split('\n')
      expect(service.output()).not.toMatch(/@example\.com|__Host-ts|mix\.flac|song\.als/)
      const plain = lines.filter((line) => !line.startsWith('{'))
      expect(plain).toEqual(plain.filter((line) => /^TrackSensei is ready: open /.test(line)))
    }
  })
})
