import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { allPersonalData } from '../../src/privacy/personal-data.ts'
import { openTestDatabase } from '../support/test-databases.ts'

const notOurs = new Set(['kysely_migration', 'kysely_migration_lock'])

interface Column {
  table_name: string
  column_name: string
}

test('every table and column is named in a personal-data.ts, with what becomes of it (TS-46)', async () => {
  const database = await openTestDatabase('pglite')
  const { rows } = await sql<Column>`
    select table_name, column_name from information_schema.columns where table_schema = 'public'`.execute(
    database.db,
  )
  const inDatabase = rows
    .filter((row) => !notOurs.has(row.table_name))
    .map((row) => `${row.table_name}.${row.column_name}`)
  const named = Object.entries(allPersonalData).flatMap(([table, { columns }]) =>
    Object.keys(columns).map((column) => `${table}.${column}`),
  )
  expect(named.toSorted()).toEqual(inDatabase.toSorted())
  await database.close()
})

test('whatever belongs to an account refers to it, so that no row can outlive it (TS-36)', async () => {
  const database = await openTestDatabase('pglite')
  const { rows } = await sql<Column & { delete_rule: string }>`
    select k.table_name, k.column_name, r.delete_rule
    from information_schema.referential_constraints r
    join information_schema.key_column_usage k on k.constraint_name = r.constraint_name
    where k.column_name = 'user_id'`.execute(database.db)
  const cascading = rows.filter((row) => row.delete_rule === 'CASCADE').map((row) => row.table_name)
  const owned = Object.entries(allPersonalData).filter(([, table]) => table.owner === 'user_id')
  expect(cascading.toSorted()).toEqual(owned.map(([table]) => table).toSorted())
  await database.close()
})

test('no table has a column for a card, an account at a bank, or anything else that pays (TS-16)', async () => {
  const database = await openTestDatabase('pglite')
  const { rows } = await sql<Column>`
    select table_name, column_name from information_schema.columns where table_schema = 'public'`.execute(
    database.db,
  )
  const words = /card|iban|bic\b|bank|cvc|cvv|expir(y|es_(month|year))|last4|payment_method|billing_address/
  const names = rows.map((row) => `${row.table_name}.${row.column_name}`)
  expect(names.length).toBeGreaterThan(80)
  expect(names.filter((name) => words.test(name))).toEqual([])
  await database.close()
})
