import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Express } from 'express'
import { createApp } from '../../src/app.ts'
import { type Context, closeContext, createContext } from '../../src/context.ts'
import type { Clock } from '../../src/core/clock.ts'
import { loadConfig } from '../../src/core/config.ts'
import { createLog } from '../../src/core/log.ts'
import { openPostgres } from '../../src/platform/db/open-postgres.ts'
import { listKeptLetters } from '../../src/platform/mail/folder-mailer.ts'
import { startWorkers } from '../../workers/index.ts'
import { type DatabaseKind, openTestDatabase } from './test-databases.ts'

export const ORIGIN = 'http://localhost:3000'

const LEAST_BCRYPT_COST = 4

/** A clock that stands still until it is moved. */
export interface TestClock extends Clock {
  advance(ms: number): void
}

export function createTestClock(start = new Date()): TestClock {
  let now = start.getTime()
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms
    },
  }
}

export interface TestService {
  app: Express
  ctx: Context
  clock: TestClock
  logLines: string[]
  letters(): ReturnType<typeof listKeptLetters>
  rawFiles(): Promise<string[]>
  close(): Promise<void>
}

export interface TestServiceOptions {
  kind?: DatabaseKind
  env?: Record<string, string>
  withWorkers?: boolean
  /** Passwords are hashed with as much work as in the service; else with as little as bcrypt allows. */
  withRealHashes?: boolean
  /** A PostgreSQL that others use too; whoever made it drops it. */
  databaseUrl?: string
}

/** The real app on a real database in this process; only the clock is ours. */
export async function openTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const { kind = 'pglite', env = {}, withWorkers = true, withRealHashes = false } = options
  const root = await mkdtemp(path.join(tmpdir(), 'tracksensei-app-'))
  const config = loadConfig({
    DATA_DIR: path.join(root, 'data'),
    UPLOADS_DIR: path.join(root, 'uploads'),
    BASE_URL: ORIGIN,
    ...env,
  })
  const clock = createTestClock()
  const logLines: string[] = []
  const log = createLog('debug', { write: (line) => void logLines.push(line) })
  const { databaseUrl } = options
  const database = await (databaseUrl ? openPostgres(databaseUrl) : openTestDatabase(kind))
  const ctx = await createContext(config, {
    clock,
    log,
    database,
    ...(withRealHashes ? {} : { bcryptCost: LEAST_BCRYPT_COST }),
  })
  const drain = new AbortController()
  if (withWorkers) await startWorkers(ctx, drain.signal)
  return {
    app: createApp(ctx),
    ctx,
    clock,
    logLines,
    letters: () => listKeptLetters(path.join(config.dataDir, 'mail'), 100),
    rawFiles: () => readdir(config.uploadsDir),
    async close() {
      drain.abort()
      await closeContext(ctx, 1000)
      await rm(root, { recursive: true, force: true })
    },
  }
}
