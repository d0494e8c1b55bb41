import type { FactTable, Flattened } from './facts.ts'
import { roundFor, unitOfPath } from './units.ts'

/** Longer lists of plain numbers are curves for drawing: they say nothing in words. */
const LONGEST_PLAIN_LIST = 12

const drawnOnly = /curve$|^spectrogram$|^places$|^beatsSeconds$|^downbeatsSeconds$|^onsets$|^sha256$/i

type Plain = number | string | boolean

function isPlain(value: unknown): value is Plain {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const rounded = (path: string, value: Plain): Plain =>
  typeof value === 'number' ? roundFor(unitOfPath(path), value) : value

/** The cells of one row under dotted columns; lists inside a row become tables of their own. */
function readRow(
  path: string,
  value: unknown,
  prefix: string,
  cells: Map<string, Plain | null>,
  out: Flattened,
): void {
  if (!isRecord(value)) return
  for (const [key, inner] of Object.entries(value)) {
    const column = prefix === '' ? key : `${prefix}.${key}`
    if (drawnOnly.test(key) || inner === undefined) continue
    if (inner === null || isPlain(inner)) cells.set(column, inner === null ? null : rounded(column, inner))
    else if (Array.isArray(inner)) flattenList(`${path}.${column}`, inner, out)
    else readRow(path, inner, column, cells, out)
  }
}

function flattenList(path: string, list: readonly unknown[], out: Flattened): void {
  const [first] = list
  if (first === undefined) return
  if (first === null || isPlain(first)) {
    if (list.length > LONGEST_PLAIN_LIST) return
    const rows = list.map((value) => [isPlain(value) ? rounded(path, value) : null])
    out.tables.push({ path, columns: [''], rows })
    return
  }
  const cells = list.map((value, index) => {
    const row = new Map<string, Plain | null>()
    readRow(`${path}[${index}]`, value, '', row, out)
    return row
  })
  const columns = [...new Set(cells.flatMap((row) => [...row.keys()]))]
  if (columns.length === 0) return
  const table: FactTable = {
    path,
    columns,
    rows: cells.map((row) => columns.map((column) => row.get(column) ?? null)),
  }
  out.tables.push(table)
}

/** Every number and word of a part of the report under its path, without what is only drawn. */
export function flatten(path: string, value: unknown, out: Flattened): void {
  if (value === undefined) return
  if (value === null) out.absent.push(path)
  else if (isPlain(value)) out.scalars.push({ path, value: rounded(path, value), unit: unitOfPath(path) })
  else if (Array.isArray(value)) flattenList(path, value, out)
  else if (isRecord(value))
    for (const [key, inner] of Object.entries(value))
      if (!drawnOnly.test(key)) flatten(`${path}.${key}`, inner, out)
}
