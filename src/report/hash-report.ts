import { createHash } from 'node:crypto'
import type { Report } from './contract.ts'

/**
 * JSON with one way to write it: keys sorted by their UTF-16 code units, no white space, numbers and strings as
 * JSON.stringify writes them, keys without a value left out. Source: RFC 8785.
 */
export function canonicalJson(value: unknown): string {
  // Long curves in one go: most of a report is numbers.
  if (Array.isArray(value) && value.every(isPlain)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`)
  return `{${members.join(',')}}`
}

const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object'

/** SHA-256 over the canonical JSON of a report without its own `sha256`, in hexadecimal digits. */
export function hashOfReport(report: object): string {
  return createHash('sha256')
    .update(canonicalJson({ ...report, sha256: undefined }))
    .digest('hex')
}

/** The report with its hash: the same numbers always carry the same. */
export function sealed(report: Report): Report {
  return { ...report, sha256: hashOfReport(report) }
}
