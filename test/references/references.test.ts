import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sweep } from '../../workers/sweep.ts'
import { enter } from '../analyses/sessions.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import type { ApiClient, UploadParts } from '../support/api-client.ts'
import { makeLowRateWav } from '../support/sounds.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const DAY_MS = 86_400_000
const mix = makeLowRateWav({ seconds: 3, amplitude: 0.1 })
const hit = { bytes: makeLowRateWav({ seconds: 4, amplitude: 0.5 }), name: 'Their hit.wav' }

async function analysed(client: ApiClient, parts: UploadParts) {
  const { status, body } = await client.upload(parts)
  expect(status).toBe(202)
  const analysis = (await client.finished(body.analysisId)).body
  expect([analysis.state, analysis.failure]).toEqual(['done', null])
  return analysis
}

const listOf = async (client: ApiClient) => (await client.send('get', '/api/references')).body

describe.each(databaseKinds)('a reference on %s', (kind) => {
  let service: TestService
  let client: ApiClient
  beforeAll(async () => {
    service = await openTestService({ kind })
    client = await enter(service, 'compares@example.com')
  })
  afterAll(() => service.close())

  test('that comes with the mix is measured, compared at equal loudness and kept by its file name', async () => {
    const { report, reference, rawFiles } = await analysed(client, { audio: mix, reference: hit })
    // The same sine at 0.1 and at 0.5 of full scale: 20·log10(5) = 13.98 dB apart, and alike in all that is no level.
    expect(report.comparison.gainDb).toBeCloseTo(13.98, 1)
    expect(report.comparison.integratedLu).toBeCloseTo(-13.98, 1)
    expect(report.comparison.plrDb).toBeCloseTo(0, 1)
    const mid = report.comparison.bands.find((band: { name: string }) => band.name === 'Low-mid')
    expect(mid.differenceDb).toBeCloseTo(0, 1)
    const kept = await listOf(client)
    expect(kept.limit).toBe(1)
    expect(kept.references).toHaveLength(1)
    expect(kept.references[0]).toMatchObject({ name: 'Their hit.wav', durationSeconds: 4 })
    expect(reference).toEqual({ id: kept.references[0].id, name: 'Their hit.wav' })
    expect(rawFiles.map((file: { role: string }) => file.role).sort()).toEqual(['audio', 'reference'])
    expect(await service.rawFiles()).toEqual([])
    const usage = (await client.send('get', '/api/usage')).body
    expect(usage.analyses).toMatchObject({ used: 1, reserved: 0 })
  })

  test('that is kept compares later uploads without being sent again, and bears its new name everywhere', async () => {
    const [{ id }] = (await listOf(client)).references
    const renamed = await client.send('patch', `/api/references/${id}`, { name: '  The\u202E bar ' })
    expect([renamed.status, renamed.body.name]).toEqual([200, 'The bar'])
    const { report, reference, id: analysisId } = await analysed(client, { audio: mix, referenceId: id })
    expect(report.comparison.gainDb).toBeCloseTo(13.98, 1)
    expect(reference).toEqual({ id, name: 'The bar' })
    expect((await client.send('patch', `/api/references/${id}`, { name: '\u202E' })).status).toBe(422)

    expect((await client.send('delete', `/api/references/${id}`)).status).toBe(204)
    expect((await client.send('delete', `/api/references/${id}`)).status).toBe(404)
    const after = (await client.send('get', `/api/analyses/${analysisId}`)).body
    expect(after.reference).toEqual({ id: null, name: null })
    expect(after.report.comparison.gainDb).toBeCloseTo(13.98, 1)
    expect((await client.upload({ audio: mix, referenceId: id })).body.code).toBe('references/unknown')
  })

  test('beyond the number a plan keeps still compares, throws nothing out, and says its name', async () => {
    await analysed(client, { audio: mix, reference: hit })
    const other = { bytes: makeLowRateWav({ seconds: 2, frequencyHz: 1000 }), name: 'Another.wav' }
    const { report, reference } = await analysed(client, { audio: mix, reference: other })
    expect(report.comparison).not.toBeNull()
    expect(reference).toEqual({ id: null, name: 'Another.wav' })
    const { references } = await listOf(client)
    expect(references.map(({ name }: { name: string }) => name)).toEqual(['Their hit.wav'])
  })
})

describe('a finished report', () => {
  test('is compared with another kept reference, or with none, and is else as it was', async () => {
    const service = await openTestService()
    const client = await enter(service, 'chooses@example.com')
    const first = await analysed(client, { audio: mix, reference: hit })
    const plain = await analysed(client, { audio: mix })
    expect([plain.report.comparison, plain.reference]).toEqual([null, null])
    const choose = (id: string, referenceId: string | null) =>
      client.send('post', `/api/analyses/${id}/reference`, { referenceId })
    const chosen = await choose(plain.id, first.reference.id)
    expect(chosen.status).toBe(200)
    expect(chosen.body.reference).toEqual(first.reference)
    expect(chosen.body.report).toEqual(first.report)
    const none = (await choose(plain.id, null)).body
    expect([none.report, none.reference]).toEqual([plain.report, null])
    const unknown = await choose(plain.id, plain.id)
    expect([unknown.status, unknown.body.code]).toEqual([422, 'references/unknown'])
    const { analysisId: set } = (await client.upload({ set: makeLiveSet(['Bass']) })).body
    await client.finished(set)
    expect((await choose(set, first.reference.id)).status).toBe(409)
    await service.close()
  })
})

describe('a kept reference', () => {
  let service: TestService
  let client: ApiClient
  beforeAll(async () => {
    service = await openTestService()
    client = await enter(service, 'keeps@example.com')
  })
  afterAll(() => service.close())

  test('that is sent again as a file is still one, with the name it was given', async () => {
    await analysed(client, { audio: mix, reference: hit })
    const [{ id }] = (await listOf(client)).references
    await client.send('patch', `/api/references/${id}`, { name: 'The bar' })
    const { reference } = await analysed(client, { audio: mix, reference: { ...hit, name: 'copy.wav' } })
    expect(reference).toEqual({ id, name: 'The bar' })
    expect((await listOf(client)).references).toHaveLength(1)
  })

  test('goes 30 days after its last use, not after its first (TS-33)', async () => {
    const [{ id }] = (await listOf(client)).references
    const rows = () => service.ctx.db.selectFrom('reference_tracks').select('id').execute()
    const inDays = (days: number) => new Date(service.clock.now().getTime() + days * DAY_MS)
    // As if it had come 20 days ago: logins do not last that long.
    const aged = { created_at: inDays(-20), last_used_at: inDays(-20), expires_at: inDays(10) }
    await service.ctx.db.updateTable('reference_tracks').set(aged).execute()
    await analysed(client, { audio: mix, referenceId: id })
    service.clock.advance(30 * DAY_MS - 1000)
    await sweep(service.ctx)
    expect(await rows()).toEqual([{ id }])
    service.clock.advance(2000)
    await sweep(service.ctx)
    expect(await rows()).toEqual([])
  })

  test('is nobody else’s: not listed, renamed, deleted or compared with by a stranger', async () => {
    const owner = await enter(service, 'owns@example.com')
    await analysed(owner, { audio: mix, reference: hit })
    const [{ id }] = (await listOf(owner)).references
    const stranger = await enter(service, 'stranger@example.com')
    expect((await listOf(stranger)).references).toEqual([])
    expect((await stranger.send('patch', `/api/references/${id}`, { name: 'Mine' })).status).toBe(404)
    expect((await stranger.send('delete', `/api/references/${id}`)).status).toBe(404)
    expect((await stranger.upload({ audio: mix, referenceId: id })).body.code).toBe('references/unknown')
    expect((await listOf(owner)).references[0].name).toBe('Their hit.wav')
  })

  test('is kept once per place however many analyses end at the same moment', async () => {
    const busy = await enter(service, 'busy@example.com')
    const uploads = await Promise.all(
      [300, 600, 900, 1200].map((frequencyHz) =>
        busy.upload({ audio: mix, reference: makeLowRateWav({ seconds: 1, frequencyHz }) }),
      ),
    )
    for (const { body } of uploads) expect((await busy.finished(body.analysisId)).body.state).toBe('done')
    expect((await listOf(busy)).references).toHaveLength(1)
  })
})

describe('a new version of a track', () => {
  test('is compared with the earlier one, counted, and stays when the earlier one is deleted', async () => {
    const service = await openTestService()
    const client = await enter(service, 'versions@example.com')
    const stranger = await enter(service, 'stranger@example.com')
    const first = await analysed(client, { audio: mix })
    expect([first.versionNumber, first.earlierId, first.report.changes]).toEqual([1, null, null])
    const louder = makeLowRateWav({ seconds: 3, amplitude: 0.2 })
    const second = await analysed(client, { audio: louder, newVersionOf: first.id })
    expect([second.versionNumber, second.earlierId]).toEqual([2, first.id])
    // Twice the amplitude: 6.02 dB. A steady sine has no moments to tell apart: no change is placed anywhere.
    expect(second.report.changes.integratedLu).toBeCloseTo(6.02, 1)
    expect(second.report.changes.reason).not.toBeNull()
    expect(second.report.changes.ranges).toEqual([])
    const refused = await stranger.upload({ audio: mix, newVersionOf: first.id })
    expect([refused.status, refused.body.code]).toEqual([422, 'uploads/no-such-version'])
    expect((await client.send('delete', `/api/analyses/${first.id}`)).status).toBe(204)
    const left = (await client.send('get', `/api/analyses/${second.id}`)).body
    expect([left.versionNumber, left.earlierId]).toEqual([2, null])
    expect(left.report).toEqual(second.report)
    await service.close()
  })
})
