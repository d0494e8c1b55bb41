import { promisify } from 'node:util'
import { strToU8, type Zippable, zip } from 'fflate'
import type { Context } from '../context.ts'
import { exportSchema } from './export-schema.ts'
import { allPersonalData } from './personal-data.ts'
import { listRowsOf } from './queries.ts'

export const EXPORT_FORMAT = 'tracksensei-export'
export const EXPORT_VERSION = 1

const zipLater = promisify<Zippable, Uint8Array>(zip)

type Row = Record<string, unknown>

/** One value of a table for a spreadsheet: RFC 4180, structures as JSON, nothing as nothing. */
function csvValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text =
    value instanceof Date
      ? value.toISOString()
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export function toCsv(columns: string[], rows: Row[]): string {
  const lines = rows.map((row) => columns.map((column) => csvValue(row[column])).join(','))
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`
}

const README = `What TrackSensei holds of you.

export.json        everything, as JSON
export.schema.json the JSON Schema of export.json
csv/               the same, one table each, for a spreadsheet (UTF-8, comma, RFC 4180)
meanings.csv       what each column means, what is kept from this copy and why, and how it is deleted

Times are UTC. The uploaded files themselves are not here: they were deleted when they had been measured.
`

/** What each column means, what is withheld and why, and how its rows go. */
function meanings(): Row[] {
  return Object.entries(allPersonalData).flatMap(([table, { columns, erasure }]) =>
    Object.entries(columns).map(([column, facts]) => ({
      table,
      column,
      meaning: typeof facts === 'string' ? facts : '',
      withheld: typeof facts === 'string' ? '' : facts.withheld,
      deletion: erasure,
    })),
  )
}

/** Everything that is held of one person, as a zip archive of JSON and CSV. */
export async function buildExport(ctx: Context, userId: string): Promise<Uint8Array> {
  const tables: Record<string, Row[]> = {}
  const files: Zippable = { 'README.txt': strToU8(README) }
  for (const [table, facts] of Object.entries(allPersonalData)) {
    if (facts.owner === null) continue
    const rows = await listRowsOf(ctx.db, table, facts, userId)
    const columns = Object.keys(facts.columns).filter((column) => typeof facts.columns[column] === 'string')
    tables[table] = rows
    files[`csv/${table}.csv`] = strToU8(toCsv(columns, rows))
  }
  const madeAt = ctx.clock.now().toISOString()
  const all = { format: EXPORT_FORMAT, version: EXPORT_VERSION, madeAt, tables }
  files['export.json'] = strToU8(JSON.stringify(all, null, 1))
  files['export.schema.json'] = strToU8(JSON.stringify(exportSchema(), null, 1))
  files['meanings.csv'] = strToU8(toCsv(['table', 'column', 'meaning', 'withheld', 'deletion'], meanings()))
  return zipLater(files)
}
