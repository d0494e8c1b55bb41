import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { cookieFor, registerPerson } from '../journeys/people.ts'
import { type ApiClient, joinService } from '../support/api-client.ts'
import { type Service, startService } from '../support/start-service.ts'
import { databaseKinds, makePostgresDatabase } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const liveSet = makeLiveSet(['Bass'])
const FREE_ANALYSES = 5
const PARALLEL = 20

describe.each(databaseKinds)('at one before the limit, on %s', (kind) => {
  let service: TestService
  let client: ApiClient
  beforeAll(async () => {
    service = await openTestService({ kind })
    client = await joinService(service)
  })
  afterAll(() => service.close())

  test('twenty uploads at once give exactly one acceptance, and the refused leave nothing (TS-12, T11)', async () => {
    for (let count = 1; count < FREE_ANALYSES; count += 1) {
      const { analysisId } = (await client.upload({ set: liveSet })).body
      await client.finished(analysisId)
    }
    const answers = await Promise.all(Array.from({ length: PARALLEL }, () => client.upload({ set: liveSet })))
    const accepted = answers.filter((answer) => answer.status === 202)
    const refused = answers.filter((answer) => answer.status === 402)
    expect([accepted.length, refused.length]).toEqual([1, PARALLEL - 1])
    for (const { body } of refused) expect([body.code, body.limit]).toEqual(['billing/analyses-spent', 5])
    await client.finished(accepted[0]?.body.analysisId)

    const { db } = service.ctx
    const units = await db.selectFrom('usage_units').select('state').execute()
    expect(units).toEqual(Array.from({ length: FREE_ANALYSES }, () => ({ state: 'used' })))
    const period = await db.selectFrom('usage_periods').select(['used', 'reserved']).executeTakeFirstOrThrow()
    expect(period).toEqual({ used: FREE_ANALYSES, reserved: 0 })
    expect((await client.send('get', '/api/usage')).body.analyses).toMatchObject({ used: 5, remaining: 0 })
    expect(await db.selectFrom('analyses').select('id').execute()).toHaveLength(FREE_ANALYSES)
    expect(await service.rawFiles()).toEqual([])
  })
})

describe.runIf(databaseKinds.includes('postgres'))('two web processes on one database', () => {
  let database: Awaited<ReturnType<typeof makePostgresDatabase>>
  let services: Service[] = []
  beforeAll(async () => {
    database = await makePostgresDatabase()
    const first = await startService({ DATABASE_URL: database.url })
    const folders = { dataDir: first.dataDir, uploadsDir: first.uploadsDir }
    const second = await startService({ DATABASE_URL: database.url, SERVICES: 'web' }, folders)
    services = [first, second]
  })
  afterAll(async () => {
    for (const service of services.toReversed()) await service.close()
    await database.drop()
  })

  async function upload(service: Service, cookie: string): Promise<number> {
    const form = new FormData()
    form.set('set', new Blob([new Uint8Array(liveSet)]), 'song.als')
    const headers = { cookie, 'x-ts': '1', origin: service.baseUrl }
    const response = await fetch(`${service.baseUrl}/api/uploads`, { method: 'POST', headers, body: form })
    await response.text()
    return response.status
  }

  test('take together no more uploads than the month allows', async () => {
    const [first, second] = services
    if (!first || !second) throw new Error('Two services were started')
    const cookie = await cookieFor(first, await registerPerson(first))
    const calls = Array.from({ length: PARALLEL }, (_, index) => upload(index % 2 ? first : second, cookie))
    const statuses = (await Promise.all(calls)).sort()
    expect(statuses.filter((status) => status === 202)).toHaveLength(FREE_ANALYSES)
    expect(statuses.filter((status) => status === 402)).toHaveLength(PARALLEL - FREE_ANALYSES)
    const usage = await fetch(`${first.baseUrl}/api/usage`, { headers: { cookie } })
    expect(await usage.json()).toMatchObject({ analyses: { limit: 5, remaining: 0 } })
    await expect.poll(() => first.rawFiles(), { timeout: 15_000 }).toEqual([])
  })
})
