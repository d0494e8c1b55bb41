import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cookieFor, registerPerson } from '../journeys/people.ts'
import { makeWav } from '../support/sounds.ts'
import { type Service, startService } from '../support/start-service.ts'
import { keepAsking, percentile } from './crowd.ts'

/** `npm run storm:crowds` makes 500. */
const LOGINS = Number(process.env.LOGINS ?? 100)

describe('a flood of logins', () => {
  let service: Service
  let cookie: string
  beforeAll(async () => {
    // One proxy in front: every login seems to come from a network of its own.
    service = await startService({ TRUST_PROXY_HOPS: '1' })
    cookie = await cookieFor(service, await registerPerson(service))
  })
  afterAll(() => service.close())

  const logIn = async (count: number) => {
    const answer = await fetch(`${service.baseUrl}/api/session`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: service.baseUrl,
        'x-forwarded-for': `10.${count >> 8}.${count & 255}.1`,
      },
      body: JSON.stringify({ email: `nobody${count}@example.com`, password: 'not the right one' }),
    })
    await answer.arrayBuffer()
    return answer.status
  }
  const upload = async () => {
    const form = new FormData()
    form.set('audio', new Blob([new Uint8Array(makeWav({ seconds: 2 }))]), 'mix.wav')
    const begun = performance.now()
    const headers = { cookie, origin: service.baseUrl, 'x-ts': '1' }
    const answer = await fetch(`${service.baseUrl}/api/uploads`, { method: 'POST', headers, body: form })
    expect(answer.status).toBe(202)
    await answer.arrayBuffer()
    return performance.now() - begun
  }

  test(`of ${LOGINS} at once leaves uploads and /healthz fast; each is answered or told to wait (T17)`, async () => {
    const alone = await upload()
    const stopAsking = keepAsking(async () => {
      expect((await fetch(`${service.baseUrl}/healthz`)).status).toBe(200)
    }, 10)
    const flood = Promise.all(Array.from({ length: LOGINS }, (_, count) => logIn(count)))
    const beside = await upload()
    const statuses = await flood
    const healthMs = await stopAsking()
    const counts = Object.entries(Object.groupBy(statuses, String)).map(
      ([status, all]) => `${all?.length} × ${status}`,
    )
    console.log(
      `${LOGINS} logins: ${counts.join(', ')}; upload ${alone.toFixed(0)} ms alone, ${beside.toFixed(0)} ms beside; /healthz median ${percentile(healthMs, 0.5).toFixed(0)} ms, p99 ${percentile(healthMs, 0.99).toFixed(0)} ms`,
    )
    for (const status of statuses) expect([401, 429, 503]).toContain(status)
    expect(statuses).toContain(401)
    expect(beside).toBeLessThan(5000)
    expect(percentile(healthMs, 0.5)).toBeLessThan(500)
  })
})
