import { afterAll, beforeAll, expect, test } from 'vitest'
import { periods } from '../../src/privacy/periods.ts'
import { sweep } from '../../workers/sweep.ts'
import { enter } from '../analyses/sessions.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { createClient, PASSWORD } from '../support/api-client.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { damagedFlac } from '../uploads/encoded-sounds.ts'

const SECOND_MS = 1000
/** Where days of 23 and 25 hours, leap days and months of different length lie within the periods. */
const BEGINNINGS = {
  'the last second of a month': '2027-01-31T23:59:59Z',
  'the night in which an hour is left out': '2027-03-28T00:59:59Z',
  'the night in which an hour comes twice': '2027-10-31T00:30:00Z',
  'two days before a leap day': '2028-02-27T12:00:00Z',
  'the last second of a leap day': '2028-02-29T23:59:59Z',
}
const TIME_ZONE = 'Europe/Berlin'

const zoneBefore = process.env.TZ
let service: TestService
beforeAll(async () => {
  // A server whose own clock changes between summer and winter.
  process.env.TZ = TIME_ZONE
  service = await openTestService()
})
afterAll(async () => {
  await service.close()
  if (zoneBefore === undefined) delete process.env.TZ
  else process.env.TZ = zoneBefore
})

const moveTo = (ms: number) => service.clock.advance(ms - service.clock.now().getTime())

/** Something is there a second before its time is over, and gone at that very moment and after it. */
async function expectBorder(endMs: number, isThere: () => Promise<boolean>): Promise<void> {
  const seen: boolean[] = []
  for (const offsetMs of [-SECOND_MS, 0, SECOND_MS]) {
    moveTo(endMs + offsetMs)
    await sweep(service.ctx)
    seen.push(await isThere())
  }
  expect(seen).toEqual([true, false, false])
}

const has = async (table: 'analyses' | 'users', id: string) =>
  (await service.ctx.db.selectFrom(table).select('id').where('id', '=', id).execute()).length > 0

test.each(Object.entries(BEGINNINGS))(
  'from %s each period ends to the second (TS-32, TS-33, TS-35)',
  async (_name, beginning) => {
    const start = Date.parse(beginning)
    moveTo(start)
    const person = await enter(service, `border${start}@example.com`)
    const failing = (await person.upload({ audio: { bytes: damagedFlac(), name: 'mix.flac' } })).body
      .analysisId
    expect((await person.finished(failing)).body.state).toBe('failed')
    const result = (await person.upload({ set: makeLiveSet(['Bass']) })).body.analysisId
    expect((await person.finished(result)).body.state).toBe('done')
    const stranger = createClient(service)
    const email = `unconfirmed${start}@example.com`
    await stranger.send('post', '/api/accounts', { email, password: PASSWORD, isSixteenOrOlder: true })
    const unconfirmed = await service.ctx.db
      .selectFrom('users')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()

    await expectBorder(start + periods.failedRawFileMs, async () => (await service.rawFiles()).length > 0)
    await expectBorder(start + periods.unverifiedAccountMs, () => has('users', unconfirmed.id))
    await expectBorder(start + periods.resultMs, () => has('analyses', result))
    expect(await has('users', person.userId)).toBe(true)
  },
)

test('a login that is not used, and one that is, end to the second (T30)', async () => {
  const begun = service.clock.now().getTime()
  const idle = await enter(service, 'idle@example.com')
  const opens = async () => (await idle.send('get', '/api/me')).status === 200
  moveTo(begun + periods.idleSessionMs)
  expect(await opens()).toBe(false)

  const used = await enter(service, 'used@example.com')
  const usedFrom = service.clock.now().getTime()
  const isOpen = async () => {
    const response = await used.send('get', '/api/me')
    const [cookie] = [response.headers['set-cookie']].flat()
    if (cookie) used.cookie = cookie.split(';')[0]
    return response.status === 200
  }
  for (let day = 1; day < 30; day += 1) {
    moveTo(usedFrom + day * 86_400_000)
    expect(await isOpen()).toBe(true)
  }
  moveTo(usedFrom + periods.sessionMs - SECOND_MS)
  expect(await isOpen()).toBe(true)
  moveTo(usedFrom + periods.sessionMs)
  expect(await isOpen()).toBe(false)
})
