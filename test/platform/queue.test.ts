import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../src/core/log.ts'
import type { Database } from '../../src/platform/db/database.ts'
import { openQueue } from '../../src/platform/queue/open-queue.ts'
import type { Queue } from '../../src/platform/queue/queue.ts'
import { databaseKinds, openTestDatabase } from '../support/test-databases.ts'

const log = createLog('silent')
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const withinMs = (ms: number) => pause(ms).then(() => Promise.reject(new Error(`not done within ${ms} ms`)))

/** One spec, both databases. */
describe.each(databaseKinds)('the queue on %s', (kind) => {
  let database: Database
  let queue: Queue
  const lettersSent: string[] = []
  const tries: { id: string; isLast: boolean }[] = []
  const givenUp: string[] = []
  beforeAll(async () => {
    database = await openTestDatabase(kind)
    queue = await openQueue(database, true, log)
    await queue.work('send-letter', 2, async ({ payload }) => void lettersSent.push(payload.letterId))
    await queue.work('analyze-track', 2, async ({ payload, isLast }) => {
      tries.push({ id: payload.analysisId, isLast })
      if (payload.analysisId === 'never') throw new Error('cannot')
      if (payload.analysisId === 'second' && tries.filter(({ id }) => id === 'second').length < 2)
        throw new Error('not yet')
    })
    await queue.work(
      'analyze-track-given-up',
      1,
      async ({ payload }) => void givenUp.push(payload.analysisId),
    )
  })
  afterAll(async () => {
    await queue.stop(1000)
    await database.close()
  })

  test('a job reaches its worker once', async () => {
    await queue.enqueue('send-letter', { letterId: 'plain' })
    await expect.poll(() => lettersSent).toContain('plain')
    await pause(1200)
    expect(lettersSent.filter((id) => id === 'plain')).toHaveLength(1)
  })

  test('a job of a transaction exists exactly when the transaction commits', async () => {
    await database.db
      .transaction()
      .execute((tx) => queue.enqueue('send-letter', { letterId: 'committed' }, { tx }))
    const failing = database.db.transaction().execute(async (tx) => {
      await queue.enqueue('send-letter', { letterId: 'rolled back' }, { tx })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await expect.poll(() => lettersSent).toContain('committed')
    await pause(1200)
    expect(lettersSent).not.toContain('rolled back')
  })

  test('a queue just opened takes jobs inside a transaction without waiting for itself', async () => {
    const fresh = await openQueue(database, false, log)
    const names = ['analyze-track', 'send-letter'] as const
    const all = database.db.transaction().execute(async (tx) => {
      for (const name of names)
        await fresh.enqueue(name, { analysisId: 'in a transaction', letterId: 'in a transaction' }, { tx })
    })
    await Promise.race([all, withinMs(5000)])
    await expect.poll(() => lettersSent).toContain('in a transaction')
    await expect.poll(() => tries.map(({ id }) => id)).toContain('in a transaction')
    await fresh.stop(1000)
  })

  test('a job that fails is tried again', async () => {
    await queue.enqueue('analyze-track', { analysisId: 'second' })
    await expect.poll(() => tries.filter(({ id }) => id === 'second'), { timeout: 10_000 }).toHaveLength(2)
    await pause(500)
    expect(givenUp).not.toContain('second')
  })

  test('after the third failure it is handed to whoever gives up on it, once', async () => {
    await queue.enqueue('analyze-track', { analysisId: 'never' })
    await expect.poll(() => givenUp, { timeout: 30_000 }).toEqual(['never'])
    expect(tries.filter(({ id }) => id === 'never').map(({ isLast }) => isLast)).toEqual([false, false, true])
  })

  test('stopping lets a running job finish', async () => {
    const other = await openQueue(database, false, log)
    const done: string[] = []
    await other.work('report-usage', 1, async () => {
      done.push('begun')
      await pause(600)
      done.push('ended')
    })
    await other.enqueue('report-usage', {})
    await expect.poll(() => done).toEqual(['begun'])
    await other.stop(5000)
    expect(done).toEqual(['begun', 'ended'])
  })
})
