import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { type Context, closeContext, createContext } from '../../src/context.ts'
import { waitingWords } from '../../src/core/http/waiting-words.ts'
import { openPostgres } from '../../src/platform/db/open-postgres.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const HOUR_MS = 3_600_000
const LETTERS_PER_HOUR = 10

describe.each(databaseKinds)('rate limits on %s', (kind) => {
  let service: TestService
  let other: Context | undefined
  beforeAll(async () => {
    service = await openTestService({ kind, withWorkers: false })
    const { queueBackend } = service.ctx.database
    if (queueBackend.kind === 'pglite') return
    const database = await openPostgres(queueBackend.connectionString)
    other = await createContext(service.ctx.config, { clock: service.clock, log: service.ctx.log, database })
  })
  afterAll(async () => {
    if (other) await closeContext(other, 100)
    await service.close()
  })

  test('the eleventh letter an hour is refused with the time to wait, whichever instance is asked and whatever X-Forwarded-For says (TS-40)', async () => {
    const apps = [service.app, other ? createApp(other) : service.app]
    const ask = (index: number) =>
      request(apps[index % 2] ?? service.app)
        .post('/api/accounts/verification-letters')
        .set({ 'Sec-Fetch-Site': 'same-origin', 'X-Forwarded-For': `198.51.100.${index}` })
        .send({ email: `nobody${index}@example.com` })
    for (let index = 0; index < LETTERS_PER_HOUR; index += 1) expect((await ask(index)).status).toBe(202)
    for (const index of [10, 11]) {
      const refused = await ask(index)
      expect(refused.status).toBe(429)
      expect(refused.body.code).toBe('rate-limited')
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    }
    service.clock.advance(HOUR_MS)
    expect((await ask(12)).status).toBe(202)
  })
})

test('waiting times are said in the largest unit that fits', () => {
  expect([1, 45, 600, 86_400].map(waitingWords)).toEqual(['1 second', '45 seconds', '10 minutes', '24 hours'])
})
