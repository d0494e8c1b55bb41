import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openPostgres } from '../../src/platform/db/open-postgres.ts'
import { createLine } from '../support/cuttable-line.ts'
import { databaseKinds, makePostgresDatabase } from '../support/test-databases.ts'

test.skipIf(!databaseKinds.includes('postgres'))(
  'after an outage of PostgreSQL each notice arrives once, over one connection',
  { timeout: 30_000 },
  async () => {
    const { url, drop } = await makePostgresDatabase()
    const target = new URL(url)
    const line = createLine(target.hostname, Number(target.port || 5432))
    const port = await line.open(0)
    target.hostname = '127.0.0.1'
    target.port = String(port)
    const database = await openPostgres(target.href)
    const payloads: string[] = []
    let subscriptions = 0
    const stop = await database.listen('outage', {
      onPayload: (payload) => payloads.push(payload),
      onReconnect: () => {
        subscriptions += 1
      },
    })
    try {
      line.cut()
      await new Promise((resolve) => setTimeout(resolve, 2500))
      await line.open(port)
      await expect.poll(() => subscriptions, { timeout: 10_000 }).toBeGreaterThan(1)
      await new Promise((resolve) => setTimeout(resolve, 1000))
      await sql`select pg_notify('outage', 'once')`.execute(database.db)
      await expect.poll(() => payloads.length, { timeout: 5000 }).toBeGreaterThan(0)
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(payloads).toEqual(['once'])
      expect(subscriptions).toBe(2)
    } finally {
      await stop()
      await database.close()
      line.cut()
      await drop()
    }
  },
)
