import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DecoderProgram, makeSlowDecoder } from '../processes/slow-decoder.ts'
import type { ApiClient } from '../support/api-client.ts'
import { readEvents } from '../support/read-events.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { noiseFlac } from '../uploads/encoded-sounds.ts'
import { enter } from './sessions.ts'

const SECONDS = 8

describe('an analysis under way', () => {
  let decoder: DecoderProgram
  let service: TestService
  let client: ApiClient
  beforeAll(async () => {
    decoder = await makeSlowDecoder()
    service = await openTestService({ env: { FFMPEG_PATH: decoder.file } })
    client = await enter(service, 'partial@example.com')
  })
  afterAll(async () => {
    await service.close()
    await decoder.remove()
  })

  const upload = async (bytes: Buffer): Promise<string> =>
    (await client.upload({ audio: { bytes, name: 'mix.flac' } })).body.analysisId

  const storedPartial = (id: string) =>
    service.ctx.db
      .selectFrom('analyses')
      .select(['partial', 'report'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()

  test('tells what is measured so far and how much of the track that is, and nothing of it once it is done', async () => {
    const id = await upload(noiseFlac(SECONDS))
    const stream = await client.send('get', `/api/analyses/${id}/events`)
    const events = readEvents(stream.text).map(({ data }) => data)
    const partials = events.flatMap(({ partial }) => (partial === null ? [] : [partial]))
    expect(partials.length).toBeGreaterThan(0)
    for (const partial of partials) {
      expect(partial.coveredSeconds).toBeGreaterThan(0)
      expect(partial.coveredSeconds).toBeLessThanOrEqual(SECONDS)
      expect(partial.durationSeconds).toBe(SECONDS)
      expect(partial.integratedLufs).toBeLessThan(0)
    }
    const done = (await client.finished(id)).body
    expect([done.state, done.partial]).toEqual(['done', null])
    expect((await storedPartial(id)).partial).toBeNull()
  })

  test('is told to somebody who opens the page in the middle', async () => {
    const id = await upload(noiseFlac(SECONDS))
    const read = async () => (await client.send('get', `/api/analyses/${id}`)).body
    await expect.poll(async () => (await read()).partial?.integratedLufs).toBeLessThan(0)
    expect((await read()).report).toBeNull()
    await client.finished(id)
  })

  test('loses its partial numbers when it fails', async () => {
    const bytes = noiseFlac(SECONDS)
    const id = await upload(bytes.subarray(0, Math.floor(bytes.length * 0.9)))
    await expect.poll(async () => (await storedPartial(id)).partial).not.toBeNull()
    const failed = (await client.finished(id)).body
    expect([failed.state, failed.partial, failed.report]).toEqual(['failed', null, null])
    expect(await storedPartial(id)).toEqual({ partial: null, report: null })
  })
})
