import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from '../../src/platform/db/database.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { databaseKinds, openTestDatabase } from '../support/test-databases.ts'

const source = new URL('../../src/platform/db/schema.ts', import.meta.url)
const notOurs = new Set(['kysely_migration', 'kysely_migration_lock'])

/** `table.column` and whether it may be null, as the interfaces of schema.ts say. */
async function columnsByHand(): Promise<Record<string, boolean>> {
  const text = await readFile(source, 'utf8')
  const bodies = new Map(
    [...text.matchAll(/interface (\w+) \{\n([^}]*)\}/g)].map(([, name, body]) => [name, body]),
  )
  const columns: Record<string, boolean> = {}
  for (const [, table, type] of (bodies.get('Schema') ?? '').matchAll(/^ {2}(\w+): (\w+)$/gm))
    for (const [, column, kind = ''] of (bodies.get(type) ?? '').matchAll(/^ {2}(\w+): (.+)$/gm))
      columns[`${table}.${column}`] = /\| null\b/.test(kind)
  return columns
}

async function columnsOf({ db }: Database): Promise<Record<string, boolean>> {
  const { rows } = await sql<{ table_name: string; column_name: string; is_nullable: string }>`
    select table_name, column_name, is_nullable from information_schema.columns where table_schema = 'public'`.execute(
    db,
  )
  const ours = rows.filter((row) => !notOurs.has(row.table_name))
  return Object.fromEntries(
    ours.map((row) => [`${row.table_name}.${row.column_name}`, row.is_nullable === 'YES']),
  )
}

test.each(databaseKinds)(
  'the types name every table and column of %s, what may be null, and nothing else',
  async (kind) => {
    const database = await openTestDatabase(kind)
    const byHand = await columnsByHand()
    expect(await columnsOf(database)).toEqual(byHand)
    expect(Object.keys(byHand).length).toBeGreaterThan(80)
    await database.close()
  },
)

test.each(databaseKinds)(
  'two processes may bring an empty %s to the newest version at once',
  async (kind) => {
    const database = await openTestDatabase(kind)
    const before = await columnsOf(database)
    await sql`drop schema public cascade`.execute(database.db)
    await sql`create schema public`.execute(database.db)
    expect(await columnsOf(database)).toEqual({})
    await Promise.all([migrate(database.db), migrate(database.db)])
    await migrate(database.db)
    expect(await columnsOf(database)).toEqual(before)
    await database.close()
  },
)
