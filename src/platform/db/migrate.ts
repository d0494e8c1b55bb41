import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Db } from './database.ts'

const migrationsDir = path.join(import.meta.dirname, 'migrations')

/** Statements end with a semicolon at the end of a line; migrations hold no function bodies. */
function splitStatements(text: string): string[] {
  return text
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^\s*--.*$/gm, '').trim() !== '')
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(migrationsDir)).filter((file) => file.endsWith('.sql')).sort()
  const migrations: Record<string, Migration> = {}
  for (const file of files) {
    const statements = splitStatements(await readFile(path.join(migrationsDir, file), 'utf8'))
    migrations[path.basename(file, '.sql')] = {
      async up(db) {
        for (const statement of statements) await sql.raw(statement).execute(db)
      },
    }
  }
  return migrations
}

/** Brings the schema to the newest version; two processes may call it at once. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
