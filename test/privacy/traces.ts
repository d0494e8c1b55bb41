import { sql } from 'kysely'
import { allPersonalData } from '../../src/privacy/personal-data.ts'
import type { TestService } from '../support/test-service.ts'

/** Every table of the database, ours and the queue's, where one of these texts stands in some row. */
export async function tracesOf(service: TestService, texts: string[]): Promise<string[]> {
  const tables = [...Object.keys(allPersonalData), 'pgboss.job', 'pgboss.archive']
  const found: string[] = []
  for (const table of tables) {
    const exists = await sql<{ found: string | null }>`select to_regclass(${table})::text as found`.execute(
      service.ctx.db,
    )
    if (exists.rows[0]?.found === null) continue
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(service.ctx.db)
    const text = JSON.stringify(rows)
    if (texts.some((part) => text.includes(part))) found.push(table)
  }
  return found
}
