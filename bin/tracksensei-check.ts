import { readFileSync } from 'node:fs'
import { hashOfReport } from '../src/report/hash-report.ts'
import { printFailure, printLine } from './tracksensei-output.ts'

/** What a file says of the report inside it. */
interface Check {
  engine: string | null
  sha256: string
  intact: boolean
}

/** Checks the hash of every report in the files. @returns whether all of them are as they were written */
export function checkReports(files: string[], json: boolean): boolean {
  let good = true
  for (const file of files) {
    try {
      for (const check of checksOf(file)) {
        good &&= check.intact
        if (json) printLine({ file, ...check })
        else process.stdout.write(`${file}: ${wordsFor(check)}\n`)
      }
    } catch (error) {
      printFailure(file, error, json)
      good = false
    }
  }
  return good
}

function wordsFor({ engine, sha256, intact }: Check): string {
  return intact
    ? `intact, engine ${engine ?? 'unknown'}, SHA-256 ${sha256}`
    : `CHANGED: its SHA-256 is ${sha256} and not the one it carries`
}

function checksOf(file: string): Check[] {
  const reports = documentsIn(file).map(reportIn)
  if (reports.length === 0) throw failure('report/none', 'There is no report in this file.')
  return reports.map((report) => {
    const sha256 = hashOfReport(report)
    return { engine: engineOf(report), sha256, intact: 'sha256' in report && report.sha256 === sha256 }
  })
}

/** One JSON document, or one per line as `analyze --json` prints them. */
function documentsIn(file: string): unknown[] {
  const text = textOf(file)
  try {
    return [JSON.parse(text)]
  } catch {
    try {
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line): unknown => JSON.parse(line))
    } catch {
      throw failure(
        'report/not-json',
        'This is not JSON. Give what analyze --json, the API or the page wrote.',
      )
    }
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw failure('report/unreadable', 'The file cannot be opened. Check that it exists and may be read.')
  }
}

/** The report itself, or what the command line and the API wrap it in. */
function reportIn(document: unknown): object {
  const inner =
    typeof document === 'object' && document !== null && 'report' in document ? document.report : document
  if (typeof inner !== 'object' || inner === null || !('sha256' in inner))
    throw failure('report/no-hash', 'There is no report with a hash in this file.')
  return inner
}

function engineOf(report: object): string | null {
  if (!('engine' in report) || typeof report.engine !== 'object' || report.engine === null) return null
  return 'version' in report.engine ? String(report.engine.version) : null
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
