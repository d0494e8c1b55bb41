import { fork } from 'node:child_process'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportUsage } from '../../src/billing/report-usage.ts'
import { enter } from '../analyses/sessions.ts'
import { randomFrom } from '../support/random.ts'
import type { Fault } from '../support/stripe-server.ts'
import { databaseKinds, makePostgresDatabase } from '../support/test-databases.ts'
import { openPaidService, type PaidService } from './paying.ts'

/** `npm run storm:metering` runs 100 with 200 tries of each process. */
const ROUNDS = Number(process.env.ROUNDS ?? 1)
const SEED = Number(process.env.SEED ?? 1)
const PROCESSES = 4
const ATTEMPTS = Number(process.env.ATTEMPTS ?? 40)
const CAP = 30
const faults: Fault[] = ['reset-before', 'reset-after', 'unavailable', 'error-after', 'rate-limit']

interface Worker {
  attempt(userId: string): Promise<{ taken: number; refused: number }>
  stop(): Promise<void>
}

async function startWorker({ service, stripe }: PaidService, databaseUrl: string): Promise<Worker> {
  const { dataDir, uploadsDir } = service.ctx.config
  const child = fork(path.join(import.meta.dirname, 'metering-process.ts'), {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      STRIPE_API_BASE: stripe.url,
      DATA_DIR: dataDir,
      UPLOADS_DIR: uploadsDir,
    },
    execArgv: [],
  })
  const answer = () =>
    new Promise<{ taken: number; refused: number }>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`The process ended with ${code}`)))
      child.once('message', (message) => {
        child.removeAllListeners('exit')
        resolve(JSON.parse(String(message)))
      })
    })
  await answer()
  return {
    attempt(userId) {
      const done = answer()
      child.send(JSON.stringify({ userId, attempts: ATTEMPTS }))
      return done
    },
    async stop() {
      child.removeAllListeners('exit')
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.connected) child.disconnect()
      else child.kill()
      await ended
    },
  }
}

describe.runIf(databaseKinds.includes('postgres'))('four processes on one database', () => {
  let database: Awaited<ReturnType<typeof makePostgresDatabase>>
  let paid: PaidService
  let workers: Worker[] = []

  beforeAll(async () => {
    database = await makePostgresDatabase()
    paid = await openPaidService('postgres', {}, database.url)
    workers = await Promise.all(Array.from({ length: PROCESSES }, () => startWorker(paid, database.url)))
  })
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.stop()))
    await paid.close()
    await database.drop()
  })

  test(`of ${PROCESSES} × ${ATTEMPTS} tries at once exactly ${CAP} are taken and counted at Stripe, ${ROUNDS} times (TS-11, TS-12)`, async () => {
    const { ctx } = paid.service
    const random = randomFrom(SEED)
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { userId } = await enter(paid.service, `meter${round}@example.com`)
      const before = paid.stripe.counted.length
      const results = await Promise.all(workers.map((worker) => worker.attempt(userId)))
      const taken = results.reduce((sum, result) => sum + result.taken, 0)
      expect([taken, results.reduce((sum, result) => sum + result.refused, 0)]).toEqual([
        CAP,
        PROCESSES * ATTEMPTS - CAP,
      ])
      const periods = await ctx.db
        .selectFrom('usage_periods')
        .select(['used', 'reserved'])
        .where('user_id', '=', userId)
        .execute()
      expect(periods).toEqual([{ used: CAP, reserved: 0 }])

      paid.stripe.failBy(() => (random() < 0.2 ? faults[Math.floor(random() * faults.length)] : undefined))
      for (let run = 0; run < 30; run += 1) await reportUsage(ctx).catch(() => undefined)
      paid.stripe.failBy(undefined)
      // A customer that could not be made is made anew after ten minutes.
      paid.service.clock.advance(600_000)
      await reportUsage(ctx)
      const counted = paid.stripe.counted.slice(before)
      expect([counted.length, new Set(counted.map(({ identifier }) => identifier)).size]).toEqual([CAP, CAP])
      // The ledger tells of each of them, and of every one that was tried and given back.
      const ledger = await ctx.db
        .selectFrom('usage_ledger')
        .select((row) => ['change', row.fn.countAll<number>().as('count')])
        .where('user_id', '=', userId)
        .groupBy('change')
        .execute()
      const counts = Object.fromEntries(ledger.map(({ change, count }) => [change, Number(count)]))
      expect(counts.counted).toBe(CAP)
      expect(counts.held).toBe((counts['given-back'] ?? 0) + CAP)
    }
  }, 3_600_000)
})
