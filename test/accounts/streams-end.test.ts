import { afterAll, beforeAll, expect, test } from 'vitest'
import { STREAMS_PER_ACCOUNT } from '../../src/core/http/streams-per-account.ts'
import { enter } from '../analyses/sessions.ts'
import { makeWav } from '../support/sounds.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { type Door, openDoor } from '../uploads/raw-requests.ts'

let service: TestService
let door: Door
beforeAll(async () => {
  // No workers: the analysis waits, and its stream would never end by itself.
  service = await openTestService({ withWorkers: false })
  door = await openDoor(service)
})
afterAll(async () => {
  await door.close()
  await service.close()
})

test('a stream of events ends within a second of the end of its login session', async () => {
  const person = await enter(service, 'listener@example.com')
  const { analysisId } = (await person.upload({ audio: makeWav({ seconds: 5 }) })).body
  const response = await fetch(`http://127.0.0.1:${door.port}/api/analyses/${analysisId}/events`, {
    headers: { cookie: person.cookie ?? '' },
  })
  expect(response.status).toBe(200)
  const reading = response.text()
  const start = performance.now()
  expect((await person.send('delete', '/api/session')).status).toBe(204)
  expect(await reading).toContain('"state":"queued"')
  expect(performance.now() - start).toBeLessThan(1000)
})

test('one account follows ten things at once; the eleventh is refused until one is left (T20)', async () => {
  const person = await enter(service, 'many-windows@example.com')
  const { analysisId } = (await person.upload({ audio: makeWav({ seconds: 5 }) })).body
  const windows: AbortController[] = []
  const follow = async () => {
    const window = new AbortController()
    windows.push(window)
    const response = await fetch(`http://127.0.0.1:${door.port}/api/analyses/${analysisId}/events`, {
      headers: { cookie: person.cookie ?? '' },
      signal: window.signal,
    })
    return response
  }
  for (let count = 0; count < STREAMS_PER_ACCOUNT; count++) expect((await follow()).status).toBe(200)
  const refused = await follow()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '15'])
  expect(await refused.json()).toMatchObject({ code: 'too-many-streams' })
  windows[0]?.abort()
  await expect.poll(async () => (await follow()).status).toBe(200)
  for (const window of windows) window.abort()
})
