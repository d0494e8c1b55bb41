import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { inject } from 'vitest'
import type { Database } from '../../src/platform/db/database.ts'
import { openPglite } from '../../src/platform/db/open-pglite.ts'
import { openPostgres } from '../../src/platform/db/open-postgres.ts'

export type DatabaseKind = 'pglite' | 'postgres'

/** Every kind of database that can be reached here: PGlite always, PostgreSQL where a server runs. */
export const databaseKinds: DatabaseKind[] = inject('postgres') ? ['pglite', 'postgres'] : ['pglite']

async function runAsAdmin(statement: string): Promise<void> {
  const settings = inject('postgres')
  if (!settings) throw new Error('No PostgreSQL here')
  const admin = new pg.Client({ connectionString: settings.adminUrl })
  await admin.connect()
  await admin.query(statement)
  await admin.end()
}

/** An empty, migrated PostgreSQL database of its own; the address, and how to drop it. */
export async function makePostgresDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const settings = inject('postgres')
  if (!settings) throw new Error('No PostgreSQL here')
  const name = `${settings.template}_${Math.random().toString(36).slice(2, 10)}`
  await runAsAdmin(`create database ${name} template ${settings.template}`)
  const url = new URL(settings.adminUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => runAsAdmin(`drop database if exists ${name} with (force)`) }
}

/** An empty, migrated database in this process. */
export async function openTestDatabase(kind: DatabaseKind): Promise<Database> {
  if (kind === 'pglite') {
    const bytes = await readFile(inject('pgliteDump'))
    return openPglite({ dump: new Blob([new Uint8Array(bytes)]) })
  }
  const { url, drop } = await makePostgresDatabase()
  const database = await openPostgres(url)
  return {
    ...database,
    async close() {
      await database.close()
      await drop()
    },
  }
}
