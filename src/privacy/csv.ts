export type Row = Record<string, unknown>

/** What a spreadsheet would take for a formula is marked as text. */
function asText(value: string): string {
  return /^[=+\-@\t\0]/.test(value) ? `'${value}` : value
}

/** One value of a table for a spreadsheet: RFC 4180, structures as JSON, nothing as nothing. */
function csvValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text =
    value instanceof Date
      ? value.toISOString()
      : typeof value === 'object'
        ? JSON.stringify(value)
        : typeof value === 'string'
          ? asText(value)
          : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export function csvLine(values: unknown[]): string {
  return `${values.map(csvValue).join(',')}\r\n`
}

export function csvLines(columns: string[], rows: Row[]): string {
  return rows.map((row) => csvLine(columns.map((column) => row[column]))).join('')
}
