import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sweep } from '../../workers/sweep.ts'
import { device } from '../als/arbitrary-device.ts'
import { exampleSet } from '../als/example-set.ts'
import { printSet } from '../als/print-set.ts'
import { enter } from '../analyses/sessions.ts'
import { createClient } from '../support/api-client.ts'
import { makeWav } from '../support/sounds.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const EQ = { bands: [], globalGainDb: 0 }
const DAY_MS = 86_400_000
const mix = makeWav({ seconds: 3 })
const names = ['Nightjar final.wav', 'Nightjar.als', 'Their hit.wav', 'Nightjar house', 'for Kestrel']

/** The example set, with a name of its own in every kind of place. */
function namedSet(): { bytes: Buffer; name: string; names: string[] } {
  const { era, set } = exampleSet(12)
  const own = ['Heron', 'Bittern', 'Egret', 'Dunlin', 'Avocet']
  const tracks = set.tracks.map((track, index) =>
    index === 3
      ? {
          ...track,
          name: 'Heron',
          userName: 'Heron',
          clipList: track.clipList.map((clip) => ({ ...clip, name: 'Bittern' })),
          devices: [device('Eq8', 'EQ Eight', { userName: 'Egret', info: 'Avocet', parameters: EQ })],
        }
      : track,
  )
  const locators = set.locators.map((locator) => ({ ...locator, name: 'Dunlin' }))
  const bytes = gzipSync(printSet({ era, set: { ...set, tracks, locators } }))
  return { bytes, name: 'Nightjar.als', names: own }
}

async function analysed(service: TestService, email: string) {
  const owner = await enter(service, email)
  const { body } = await owner.upload({
    audio: { bytes: mix, name: 'Nightjar final.wav' },
    set: namedSet(),
    reference: { bytes: makeWav({ seconds: 4, amplitude: 0.5 }), name: 'Their hit.wav' },
    intent: { kind: 'mix', genre: 'Nightjar house', destination: 'for Kestrel', notes: 'a secret remark' },
  })
  const analysis = (await owner.finished(body.analysisId)).body
  expect([analysis.state, analysis.failure]).toEqual(['done', null])
  const share = (wanted: object) => owner.send('post', `/api/analyses/${analysis.id}/links`, wanted)
  return { owner, analysis, share }
}

const tokenOf = (url: string) => url.split('#token=')[1] ?? ''

describe('a shared report', () => {
  let service: TestService
  let made: Awaited<ReturnType<typeof analysed>>
  beforeAll(async () => {
    service = await openTestService()
    made = await analysed(service, 'shares@example.com')
  })
  afterAll(() => service.close())
  const read = (token: string) => createClient(service).send('post', '/api/shared-report', { token })

  test('does not exist until its owner makes a link, and is read by whoever holds that, without an account', async () => {
    const { owner, analysis, share } = made
    expect((await owner.send('get', `/api/analyses/${analysis.id}/links`)).body.links).toEqual([])
    const link = (await share({ days: 7 })).body
    expect(link.url).toMatch(/^http:\/\/localhost:3000\/shared#token=[\w-]{43}$/)
    expect(Date.parse(link.expiresAt) - service.clock.now().getTime()).toBe(7 * DAY_MS)
    const answer = await read(tokenOf(link.url))
    expect([answer.status, answer.headers['x-robots-tag']]).toEqual([200, 'noindex, nofollow'])
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect(answer.body.report.loudness).toEqual(analysis.report.loudness)
    expect(answer.body.report.findings).toEqual(analysis.report.findings)
  })

  test('holds no name that its owner gave anything, nor anything of the account, unless that was chosen', async () => {
    const { analysis, share } = made
    const all = [...names, ...namedSet().names]
    const heldIn = (body: object) => all.filter((name) => JSON.stringify(body).includes(name))
    expect(heldIn(analysis)).toEqual(all)
    const nameless = (await read(tokenOf((await share({ days: 1 })).body.url))).body
    expect(heldIn(nameless)).toEqual([])
    const named = (await read(tokenOf((await share({ days: 1, showsNames: true })).body.url))).body
    expect(heldIn(named)).toEqual(all.filter((name) => name !== 'Nightjar.als'))
    for (const body of [nameless, named]) {
      const text = JSON.stringify(body)
      for (const secret of ['secret remark', 'shares@example.com', made.owner.userId, analysis.id])
        expect(text).not.toContain(secret)
    }
  })

  test('keeps of its token a digest alone: none is in the database, the list or the log', async () => {
    const { owner, analysis, share } = made
    const token = tokenOf((await share({ days: 30 })).body.url)
    expect((await read(token)).status).toBe(200)
    const rows = JSON.stringify(await service.ctx.db.selectFrom('report_links').selectAll().execute())
    const list = JSON.stringify((await owner.send('get', `/api/analyses/${analysis.id}/links`)).body)
    expect([rows, list, service.logLines.join('\n')].filter((text) => text.includes(token))).toEqual([])
  })

  test('is gone for a wrong, a revoked and an expired link alike, and never outlives the report', async () => {
    const { owner, analysis, share } = made
    const [revoked, short] = [(await share({ days: 7 })).body, (await share({ days: 1 })).body]
    const path = `/api/analyses/${analysis.id}/links`
    expect((await owner.send('delete', `${path}/${revoked.id}`)).status).toBe(204)
    expect((await owner.send('delete', `${path}/${revoked.id}`)).status).toBe(404)
    service.clock.advance(2 * DAY_MS)
    const answers = [
      await read('x'.repeat(43)),
      await read(tokenOf(revoked.url)),
      await read(tokenOf(short.url)),
    ]
    const told = answers.map(({ status, body: { requestId: _, ...body } }) => [status, body])
    expect(told[0]?.[0]).toBe(404)
    expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1)
    const listed = (await owner.send('get', path)).body.links.map(({ id }: { id: string }) => id)
    expect(listed).not.toContain(short.id)
    expect((await share({ days: 30 })).body.expiresAt).toBe(analysis.expiresAt)
    await sweep(service.ctx)
    const left = await service.ctx.db.selectFrom('report_links').select('id').execute()
    expect(left.map(({ id }) => id)).not.toContain(short.id)
  })

  test('needs a confirmed address, a finished report, one of three times, and has at most ten links', async () => {
    const { share } = made
    expect((await share({ days: 365 })).status).toBe(422)
    expect(
      (await createClient(service).send('post', `/api/analyses/${made.analysis.id}/links`, { days: 1 }))
        .status,
    ).toBe(401)
    let answer = await share({ days: 1 })
    for (let tries = 0; answer.status === 201 && tries < 12; tries += 1) answer = await share({ days: 1 })
    expect([answer.status, answer.body.code]).toEqual([409, 'shares/too-many-links'])
  })

  test('goes with its analysis, and with the account', async () => {
    const other = await analysed(service, 'leaves@example.com')
    const links = () =>
      service.ctx.db
        .selectFrom('report_links')
        .select('id')
        .where('user_id', '=', other.owner.userId)
        .execute()
    const { url } = (await other.share({ days: 7 })).body
    expect(await links()).toHaveLength(1)
    expect((await other.owner.send('delete', `/api/analyses/${other.analysis.id}`)).status).toBe(204)
    expect([(await read(tokenOf(url))).status, await links()]).toEqual([404, []])
  })
})
