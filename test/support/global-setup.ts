import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { createLog } from '../../src/core/log.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openPostgres } from '../../src/platform/db/open-postgres.ts'
import type { Schema } from '../../src/platform/db/schema.ts'
import { openQueue } from '../../src/platform/queue/open-queue.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A migrated embedded database as a file: opening a copy takes a fraction of making one. */
    pgliteDump: string
    /** A migrated PostgreSQL database to copy from, or null where no server is reachable. */
    postgres: { adminUrl: string; template: string } | null
  }
}

const adminUrl = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const quiet = createLog('silent')

async function makePgliteDump(folder: string): Promise<string> {
  const pglite = await PGlite.create()
  const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) })
  await migrate(db)
  const queue = await openQueue(
    {
      db,
      kind: 'pglite',
      queueBackend: { kind: 'pglite', pglite },
      listen: async () => async () => undefined,
      close: async () => undefined,
    },
    false,
    quiet,
  )
  await queue.stop(1000)
  const dump = await pglite.dumpDataDir('none')
  await pglite.close()
  const file = path.join(folder, 'pglite.tar')
  await writeFile(file, Buffer.from(await dump.arrayBuffer()))
  return file
}

async function makePostgresTemplate(template: string): Promise<boolean> {
  const admin = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 3000 })
  try {
    await admin.connect()
  } catch {
    process.stdout.write('No PostgreSQL at 127.0.0.1:5432 (or TEST_DATABASE_URL): its tests are skipped.\n')
    return false
  }
  await admin.query(`create database ${template}`)
  await admin.end()
  const url = new URL(adminUrl)
  url.pathname = `/${template}`
  const database = await openPostgres(url.href)
  await migrate(database.db)
  const queue = await openQueue(database, false, quiet)
  await queue.stop(1000)
  await database.close()
  return true
}

async function dropLeftovers(template: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  const { rows } = await admin.query<{ datname: string }>(
    'select datname from pg_database where datname like $1',
    [`${template}%`],
  )
  for (const { datname } of rows) await admin.query(`drop database if exists ${datname} with (force)`)
  await admin.end()
}

// biome-ignore lint/style/noDefaultExport: the test runner asks for one
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tracksensei-suite-'))
  const template = `ts_test_${process.pid}_${Date.now()}`
  const hasPostgres = await makePostgresTemplate(template)
  const dump = await makePgliteDump(folder)
  project.provide('pgliteDump', dump)
  // Scripts start services too, and have no test runner to ask.
  process.env.TEST_PGLITE_DUMP = dump
  project.provide('postgres', hasPostgres ? { adminUrl, template } : null)
  return async () => {
    await rm(folder, { recursive: true, force: true })
    if (hasPostgres) await dropLeftovers(template)
  }
}
