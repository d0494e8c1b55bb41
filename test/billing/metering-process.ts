import { randomUUID } from 'node:crypto'
import { reserveUnit } from '../../src/billing/reserve-unit.ts'
import { commitUnit, refundUnit } from '../../src/billing/settle-unit.ts'
import { createContext } from '../../src/context.ts'
import { loadConfig } from '../../src/core/config.ts'
import { AppError } from '../../src/core/errors.ts'

/** One of several processes: as many tries at once as it is told, each settled twice. */
const config = loadConfig({
  DATABASE_URL: process.env.DATABASE_URL,
  STRIPE_API_BASE: process.env.STRIPE_API_BASE,
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_of_the_tests',
  // With the others' folders: the secrets are there.
  DATA_DIR: process.env.DATA_DIR,
  UPLOADS_DIR: process.env.UPLOADS_DIR,
  LOG_LEVEL: 'silent',
})
const ctx = await createContext({ ...config, services: { web: true, workers: false } })

/** As a client does that is told to come again: under this many tries at once connections run out for a while. */
async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('timeout exceeded when trying to connect')))
        throw error
    }
  }
}

/** Some works fail first and are tried again under their name: failure and retry together cost one. */
async function tryOnce(userId: string, number: number): Promise<boolean> {
  const id = randomUUID()
  const reserve = () =>
    again(() => ctx.db.transaction().execute((tx) => reserveUnit(ctx, tx, userId, 'message', id)))
  try {
    await reserve()
    // A client that asks twice is held once.
    if (number % 3 === 0) await reserve()
    const settle = (how: typeof commitUnit | typeof refundUnit) =>
      again(() => ctx.db.transaction().execute((tx) => how(ctx, tx, id)))
    await settle(commitUnit)
    await settle(number % 2 ? commitUnit : refundUnit)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'billing/messages-spent') return false
    throw error
  }
}

process.on('message', (message) => {
  const { userId, attempts } = JSON.parse(String(message))
  const tries = Array.from({ length: attempts }, (_, number) => tryOnce(userId, number))
  Promise.all(tries).then(
    (results) => {
      const taken = results.filter(Boolean).length
      process.send?.(JSON.stringify({ taken, refused: results.length - taken }))
    },
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.(JSON.stringify({ taken: 0, refused: 0 }))
