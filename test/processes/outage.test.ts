import { expect, test } from 'vitest'
import { createLine } from '../support/cuttable-line.ts'
import { startService } from '../support/start-service.ts'
import { databaseKinds, makePostgresDatabase } from '../support/test-databases.ts'

test.skipIf(!databaseKinds.includes('postgres'))(
  'while the database is away people are told to come back, /readyz says no, and all is well once it returns',
  async () => {
    const { url, drop } = await makePostgresDatabase()
    const target = new URL(url)
    const line = createLine(target.hostname, Number(target.port || 5432))
    const port = await line.open(0)
    target.hostname = '127.0.0.1'
    target.port = String(port)
    const service = await startService({ DATABASE_URL: target.href })
    const logIn = () =>
      fetch(`${service.baseUrl}/api/session`, {
        method: 'POST',
        headers: { origin: service.baseUrl, 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'nobody@example.com', password: 'a long enough passphrase' }),
      })
    const isReady = async () => (await fetch(`${service.baseUrl}/readyz`)).status
    try {
      expect((await logIn()).status).toBe(401)
      line.cut()
      await expect.poll(isReady).toBe(503)
      const refused = await logIn()
      expect(refused.status).toBe(503)
      expect(await refused.json()).toMatchObject({ code: 'service-unavailable', retryAfterSeconds: 30 })
      expect((await fetch(`${service.baseUrl}/healthz`)).status).toBe(200)
      await line.open(port)
      await expect.poll(isReady).toBe(200)
      expect((await logIn()).status).toBe(401)
    } finally {
      await service.close()
      line.cut()
      await drop()
    }
  },
)
