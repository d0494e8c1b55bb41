import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { allPersonalData } from './personal-data.ts'

const queueTables = ['pgboss.job', 'pgboss.archive']

/**
 * Each table is written anew without what was deleted from it: until then the bytes of a deleted row lie in the free
 * space of its file. Locks one table after the other. @returns how many tables
 */
export async function scrub(ctx: Context): Promise<number> {
  let count = 0
  for (const table of [...Object.keys(allPersonalData), ...queueTables]) {
    const { rows } = await sql<{ found: string | null }>`select to_regclass(${table})::text as found`.execute(
      ctx.db,
    )
    if (rows[0]?.found === null) continue
    await sql`vacuum (full, analyze) ${sql.table(table)}`.execute(ctx.db)
    count += 1
  }
  await sql`checkpoint`.execute(ctx.db)
  return count
}
