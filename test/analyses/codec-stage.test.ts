import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodersIn } from '../processes/slow-decoder.ts'
import type { ApiClient } from '../support/api-client.ts'
import { makeWav } from '../support/sounds.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { enter } from './sessions.ts'

const intent = { kind: 'master', codecs: true }

describe('an analysis that plays the track through codecs', () => {
  let service: TestService
  let client: ApiClient
  beforeAll(async () => {
    service = await openTestService()
    client = await enter(service, 'codecs@example.com')
  })
  afterAll(() => service.close())

  const upload = async (seconds: number, wanted?: object): Promise<string> =>
    (await client.upload({ audio: makeWav({ seconds, sampleRateHz: 44_100 }), intent: wanted })).body
      .analysisId
  const read = async (id: string) => (await client.send('get', `/api/analyses/${id}`)).body

  test('shows the numbers of the whole track meanwhile, holds the raw file as long and no longer (TS-29)', async () => {
    const id = await upload(120, intent)
    const isEncoding = async () => (await read(id)).progress.stage === 'playing it through codecs'
    await expect.poll(isEncoding, { interval: 10 }).toBe(true)
    const { partial, report, state } = await read(id)
    expect([state, report, partial.coveredSeconds]).toEqual(['running', null, 120])
    expect(await service.rawFiles()).toHaveLength(1)

    const done = (await client.finished(id)).body
    expect(await service.rawFiles()).toEqual([])
    const { ffmpegVersion, encodes } = done.report.codecs
    expect(ffmpegVersion).toMatch(/^\d/)
    // A sine of a quarter of full scale: no codec brings it near the top.
    for (const { truePeakDbtp, missing, clips } of encodes) {
      expect([missing, clips.samples]).toEqual([null, 0])
      expect(Math.abs(truePeakDbtp + 12.04)).toBeLessThan(0.5)
    }
  })

  test('has none when it was not asked for', async () => {
    const id = await upload(1)
    expect((await client.finished(id)).body.report.codecs).toBeNull()
  })

  test('leaves nothing when it is deleted in the middle of encoding (TS-37)', async () => {
    const id = await upload(300, intent)
    const encoding = () => decodersIn(service.ctx.config.uploadsDir).length
    await expect.poll(encoding, { interval: 10 }).toBeGreaterThan(1)
    expect((await client.send('delete', `/api/analyses/${id}`)).status).toBe(204)
    await expect.poll(encoding, { timeout: 2000, interval: 20 }).toBe(0)
    expect(await service.rawFiles()).toEqual([])
    expect((await client.send('get', `/api/analyses/${id}`)).status).toBe(404)
  })
})
