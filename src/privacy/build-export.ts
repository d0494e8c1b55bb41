import type { Context } from '../context.ts'
import type { TableFacts } from '../core/personal-data.ts'
import type { Db, Tx } from '../platform/db/database.ts'
import { csvLine, csvLines, type Row } from './csv.ts'
import { listRowsOf } from './export-queries.ts'
import { exportSchema } from './export-schema.ts'
import { allPersonalData } from './personal-data.ts'
import { createZipWriter } from './zip-writer.ts'

export const EXPORT_FORMAT = 'tracksensei-export'
export const EXPORT_VERSION = 1

/** A report is a few hundred kilobytes. */
const ROWS_AT_ONCE = 10

const README = `What TrackSensei holds of you.

export.json        everything, as JSON
export.schema.json the JSON Schema of export.json
csv/               the same, one table each, for a spreadsheet (UTF-8, comma, RFC 4180)
                   text that a spreadsheet would run as a formula begins with ' there
meanings.csv       what each column means, what is kept from this copy and why, and how it is deleted

Times are UTC. The uploaded files themselves are not here: they were deleted when they had been measured.
`

const ownedTables = Object.entries(allPersonalData).filter(([, facts]) => facts.owner !== null)

/** What each column means, what is withheld and why, and how its rows go. */
function meanings(): string {
  const columns = ['table', 'column', 'meaning', 'withheld', 'deletion']
  const rows = Object.entries(allPersonalData).flatMap(([table, facts]) =>
    Object.entries(facts.columns).map(([column, about]) => ({
      table,
      column,
      meaning: typeof about === 'string' ? about : '',
      withheld: typeof about === 'string' ? '' : about.withheld,
      deletion: facts.erasure,
    })),
  )
  return csvLine(columns) + csvLines(columns, rows)
}

async function* pagesOf(db: Db, table: string, facts: TableFacts, userId: string): AsyncGenerator<Row[]> {
  for (let offset = 0; ; offset += ROWS_AT_ONCE) {
    const rows = await listRowsOf(db, table, facts, userId, { limit: ROWS_AT_ONCE, offset })
    if (rows.length > 0) yield rows
    if (rows.length < ROWS_AT_ONCE) return
  }
}

async function* csvOf(db: Db, table: string, facts: TableFacts, userId: string): AsyncGenerator<string> {
  const columns = Object.keys(facts.columns).filter((column) => typeof facts.columns[column] === 'string')
  yield csvLine(columns)
  for await (const rows of pagesOf(db, table, facts, userId)) yield csvLines(columns, rows)
}

async function* jsonOf(db: Db, userId: string, madeAt: string): AsyncGenerator<string> {
  const head = { format: EXPORT_FORMAT, version: EXPORT_VERSION, madeAt }
  yield `${JSON.stringify(head).slice(0, -1)},\n"tables":{`
  for (const [index, [table, facts]] of ownedTables.entries()) {
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(table)}:[`
    let separator = '\n'
    for await (const rows of pagesOf(db, table, facts, userId)) {
      yield separator + rows.map((row) => JSON.stringify(row)).join(',\n')
      separator = ',\n'
    }
    yield ']'
  }
  yield '\n}}\n'
}

/**
 * Everything that is held of one person, as a zip archive of JSON and CSV, written part after part.
 * @param tx a repeatable read: both files tell of the same moment
 */
export async function buildExport(
  ctx: Context,
  tx: Tx,
  userId: string,
  write: (part: Uint8Array) => Promise<void>,
): Promise<void> {
  const zip = createZipWriter(write)
  await zip.addFile('README.txt', [README])
  for (const [table, facts] of ownedTables)
    await zip.addFile(`csv/${table}.csv`, csvOf(tx, table, facts, userId))
  await zip.addFile('export.json', jsonOf(tx, userId, ctx.clock.now().toISOString()))
  await zip.addFile('export.schema.json', [JSON.stringify(exportSchema(), null, 1)])
  await zip.addFile('meanings.csv', [meanings()])
  await zip.end()
}
