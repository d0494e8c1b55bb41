import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWorkers } from '../../workers/index.ts'
import { sweep } from '../../workers/sweep.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import {
  type DecoderProgram,
  decodersIn,
  makeHangingDecoder,
  makeSlowDecoder,
} from '../processes/slow-decoder.ts'
import type { ApiClient } from '../support/api-client.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { noiseFlac } from '../uploads/encoded-sounds.ts'
import { enter } from './sessions.ts'

const SECOND_MS = 1000
const DAY_MS = 86_400_000
const flac = noiseFlac(20, 8000)
const liveSet = makeLiveSet(['Bass'])

/** Every row of ours that could still speak of an analysis. */
async function tracesOf(service: TestService, id: string): Promise<string[]> {
  const { db } = service.ctx
  const found: string[] = []
  for (const table of ['analyses', 'uploads', 'messages', 'raw_deletions'] as const) {
    const rows = await db.selectFrom(table).selectAll().execute()
    if (JSON.stringify(rows).includes(id)) found.push(table)
  }
  return found
}

describe.each(databaseKinds)('deleting an analysis on %s', (kind) => {
  let service: TestService
  let client: ApiClient
  let decoder: DecoderProgram
  const drain = new AbortController()
  beforeAll(async () => {
    // Twenty seconds of sound take twenty seconds, so that there is a middle to delete in.
    decoder = await makeSlowDecoder()
    const env = { FFMPEG_PATH: decoder.file }
    service = await openTestService({ kind, env, withWorkers: false })
    client = await enter(service, 'deletes@example.com')
  })
  afterAll(async () => {
    drain.abort()
    await service.close()
    await decoder.remove()
  })

  async function expectNothingOf(id: string): Promise<void> {
    expect(await tracesOf(service, id)).toEqual([])
    expect(await service.rawFiles()).toEqual([])
    const unit = await service.ctx.db
      .selectFrom('usage_units')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(unit.state).toBe('refunded')
    expect((await client.send('get', '/api/usage')).body.analyses).toMatchObject({ used: 0, reserved: 0 })
    expect((await client.send('get', `/api/analyses/${id}`)).status).toBe(404)
  }

  test('while it waits leaves nothing, gives the unit back, and the job that comes later finds nothing to do', async () => {
    const { analysisId } = (await client.upload({ audio: flac, set: liveSet })).body
    expect((await client.send('get', '/api/usage')).body.analyses.reserved).toBe(1)
    expect((await client.send('delete', `/api/analyses/${analysisId}`)).status).toBe(204)
    await expectNothingOf(analysisId)
    await startWorkers(service.ctx, drain.signal)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await expectNothingOf(analysisId)
  })

  test('while it is measured leaves nothing either, stops the decoder, and nothing comes back (TS-37)', async () => {
    const { analysisId } = (await client.upload({ audio: flac })).body
    const decoding = () => decodersIn(service.ctx.config.uploadsDir).length
    await expect.poll(decoding, { timeout: 10_000 }).toBeGreaterThan(0)
    expect((await client.send('get', `/api/analyses/${analysisId}`)).body.state).toBe('running')
    expect((await client.send('delete', `/api/analyses/${analysisId}`)).status).toBe(204)
    await expectNothingOf(analysisId)
    await expect.poll(decoding, { timeout: 8000 }).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 500))
    await expectNothingOf(analysisId)
  })

  test('while its decoder hangs ends the decoder at once', async () => {
    const hanging = await makeHangingDecoder()
    Object.assign(service.ctx.config, { ffmpegPath: hanging.file })
    const { analysisId } = (await client.upload({ audio: flac })).body
    const decoding = () => decodersIn(service.ctx.config.uploadsDir).length
    await expect.poll(decoding, { timeout: 10_000 }).toBeGreaterThan(1)
    expect((await client.send('delete', `/api/analyses/${analysisId}`)).status).toBe(204)
    await expect.poll(decoding, { timeout: 2000, interval: 20 }).toBe(0)
    await expectNothingOf(analysisId)
    Object.assign(service.ctx.config, { ffmpegPath: decoder.file })
    await hanging.remove()
  })

  test('twice answers 404 the second time', async () => {
    const { analysisId } = (await client.upload({ set: liveSet })).body
    await client.finished(analysisId)
    expect((await client.send('delete', `/api/analyses/${analysisId}`)).status).toBe(204)
    expect((await client.send('delete', `/api/analyses/${analysisId}`)).status).toBe(404)
    // It was measured and shown, so its unit stays used.
    expect((await client.send('get', '/api/usage')).body.analyses).toMatchObject({ used: 1, reserved: 0 })
  })

  test('happens by itself after 30 days, with everything said about it, and not a second earlier (TS-33)', async () => {
    const person = await enter(service, 'month@example.com')
    const { analysisId } = (await person.upload({ set: liveSet })).body
    await person.finished(analysisId)
    await person.send('post', `/api/analyses/${analysisId}/messages`, { text: 'How fast is it?' })
    expect(await tracesOf(service, analysisId)).toEqual(['analyses', 'uploads', 'messages'])
    service.clock.advance(30 * DAY_MS - SECOND_MS)
    await sweep(service.ctx)
    expect(await tracesOf(service, analysisId)).toEqual(['analyses', 'uploads', 'messages'])
    service.clock.advance(2 * SECOND_MS)
    await sweep(service.ctx)
    expect(await tracesOf(service, analysisId)).toEqual([])
  })
})
