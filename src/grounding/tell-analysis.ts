import { intendedRules } from '../findings/respect-verdicts.ts'
import type { Report } from '../report/contract.ts'
import type { Fact, FactTable, Flattened } from './facts.ts'
import { flatten } from './flatten.ts'
import { tellFusion, tellPreflight } from './tell-both.ts'
import { type ToldText, tellFindings } from './tell-findings.ts'
import { type ToldTrack, tellSet } from './tell-set.ts'
import { unitOfPath } from './units.ts'

/** How much is told in full; what lies beyond is told in sum. */
interface Detail {
  maxRows: number
  maxPlaces: number
  maxTracks: number
  maxDevices: number
  maxFindings: number
}

/** From everything to the least that still says what matters: the first that fits is taken. */
const DETAILS: readonly Detail[] = [
  { maxRows: 40, maxPlaces: 12, maxTracks: 120, maxDevices: 8, maxFindings: 20 },
  { maxRows: 30, maxPlaces: 6, maxTracks: 40, maxDevices: 6, maxFindings: 12 },
  { maxRows: 16, maxPlaces: 4, maxTracks: 24, maxDevices: 4, maxFindings: 8 },
  { maxRows: 10, maxPlaces: 3, maxTracks: 12, maxDevices: 3, maxFindings: 5 },
  { maxRows: 6, maxPlaces: 2, maxTracks: 6, maxDevices: 2, maxFindings: 3 },
  { maxRows: 3, maxPlaces: 1, maxTracks: 3, maxDevices: 1, maxFindings: 1 },
]

/** About ten thousand tokens of dense digits: what one conversation carries along with each message. */
export const MAX_TOLD_BYTES = 24_000

/** All that an answer may draw on: what is sent, and the same as facts to check the answer against. */
export interface Told {
  json: string
  facts: Fact[]
  texts: ToldText[]
  tracks: ToldTrack[]
  durationSeconds: number | null
}

export interface TellOptions {
  intent: Record<string, string | null>
}

/** Parts of the report that are told as they are measured. */
const measuredParts = [
  'source',
  'loudness',
  'peaks',
  'dynamics',
  'spectrum',
  'stereo',
  'rhythm',
  'tonality',
  'structure',
  'faults',
  'delivery',
  'codecs',
  'provenance',
  'changes',
] as const

/** Which platform plays which codec says nothing that the codec's own numbers and the platforms do not. */
const untold = /\.playedBy$|\.unpaired(Track|Reference)$/

/** What no part of this analysis can tell; named so that declining is easy. */
export function listNotMeasured(report: Report): string[] {
  return [
    'genre',
    'vocals',
    'which instruments play in the mix',
    'how it sounds to a listener',
    ...(report.tonality?.key ? [] : ['a clear key']),
    ...(report.rhythm || report.set?.tempoBpm ? [] : ['a tempo']),
    ...(report.source ? [] : ['everything about the audio: only a Live set was sent']),
    ...(report.set ? [] : ['everything about the Live set: only audio was sent']),
    ...(report.comparison ? [] : ['a comparison with a reference track']),
    ...(report.changes ? [] : ['a comparison with an earlier version']),
  ]
}

/** The bar in which a moment lies, counted from 1; null where bars are not known. */
function barAt(report: Report, seconds: number): number | null {
  const starts = report.rhythm?.downbeatsSeconds ?? []
  if (starts.length < 2) return null
  const index = starts.findLastIndex((start) => start <= seconds + 0.05)
  return index < 0 ? null : index + (report.provenance?.bars?.firstBar ?? 1)
}

/** Sections with their bars: an answer speaks of bars rather than of seconds. */
function sectionsInBars(report: Report): Report['structure'] {
  if (!report.structure) return report.structure
  const sections = report.structure.sections.map((section) => {
    const startBar = barAt(report, section.startSeconds)
    const endBar = barAt(report, section.endSeconds - 0.2)
    const bars = startBar === null || endBar === null ? null : endBar - startBar + 1
    return { ...section, startBar, endBar, bars }
  })
  return { ...report.structure, sections }
}

function flattenMeasures(report: Report): Flattened {
  const out: Flattened = { scalars: [], tables: [], absent: [] }
  const all: Report = { ...report, structure: sectionsInBars(report) }
  for (const part of measuredParts) flatten(part, all[part] ?? undefined, out)
  out.tables = out.tables.filter(({ path }) => !untold.test(path))
  const { comparison } = report
  if (comparison) {
    const { reference, ...differences } = comparison
    flatten('comparison', differences, out)
    if (reference) {
      const { durationSeconds, integratedLufs, truePeakDbtp, tempoBpm, key } = reference
      flatten('comparison.reference', { durationSeconds, integratedLufs, truePeakDbtp, tempoBpm, key }, out)
    }
  }
  for (const population of report.populations ?? []) {
    if (population.n !== null)
      out.scalars.push({ path: `populations.${population.name}.n`, value: population.n, unit: '' })
    for (const { path, percentile } of population.standings)
      if (percentile !== null)
        out.scalars.push({ path: `populations.${path}`, value: Math.round(percentile), unit: '%' })
  }
  return out
}

/** The rows of a table that are told, in their order: of one that is too long the longest or strongest. */
function toldRows({ columns, rows }: FactTable, maxRows: number) {
  const all = rows.map((row, index) => ({ row, index }))
  if (rows.length <= maxRows) return all
  const by = ['durationSeconds', 'overDb', 'confidence', 'change', 'share']
    .map((name) => columns.indexOf(name))
    .find((index) => index >= 0)
  const weight = (row: FactTable['rows'][number]) => {
    const value = by === undefined ? null : row[by]
    return typeof value === 'number' ? Math.abs(value) : 0
  }
  return all
    .toSorted((a, b) => weight(b.row) - weight(a.row) || a.index - b.index)
    .slice(0, maxRows)
    .sort((a, b) => a.index - b.index)
}

/** A table that is told in part says of how many rows, and which they are. */
function tellTable(table: FactTable, maxRows: number) {
  const { path, columns, rows } = table
  if (rows.length <= maxRows) return { path, columns, rows }
  return {
    path,
    columns: ['[i]', ...columns],
    rows: toldRows(table, maxRows).map(({ row, index }) => [index, ...row]),
    of: rows.length,
  }
}

/** Of the told rows alone: what was not told cannot bear out an answer. */
function tableFacts(table: FactTable, maxRows: number): Fact[] {
  return toldRows(table, maxRows).flatMap(({ row, index }) =>
    row.flatMap((value, column): Fact[] => {
      if (value === null) return []
      const key = table.columns[column] ?? ''
      const path = key === '' ? `${table.path}[${index}]` : `${table.path}[${index}].${key}`
      return [{ path, value, unit: unitOfPath(path) }]
    }),
  )
}

function tellAt(report: Report, options: TellOptions, detail: Detail): Told {
  const { scalars, tables, absent } = flattenMeasures(report)
  const set = report.set ? tellSet(report.set, report, detail) : undefined
  const findings = report.findings
    ? tellFindings(report.findings, { ...detail, intended: intendedRules(report.findings) })
    : undefined
  const preflight = report.preflight ? tellPreflight(report.preflight, detail.maxPlaces) : undefined
  const fusion = report.fusion ? tellFusion(report.fusion, detail.maxRows) : undefined
  const json = {
    schemaVersion: 2,
    engine: report.engine.version,
    intent: options.intent,
    measures: Object.fromEntries(
      scalars.map(({ path, value, unit }) => [path, unit === '' ? [value] : [value, unit]]),
    ),
    lists: tables.map((table) => tellTable(table, detail.maxRows)),
    lookedForAndAbsent: absent,
    ...(report.comparison && {
      comparisonMeaning: 'track minus reference; levels of bands at equal loudness',
    }),
    ...(report.changes && { changesMeaning: 'this version minus the earlier one' }),
    ...(report.populations && {
      populations: report.populations.map(({ name, basis, n }) => ({
        name,
        basis,
        n,
        meaning: 'populations.* is the percentage of these tracks below',
      })),
    }),
    ...(findings?.json ?? {}),
    set: set?.json ?? null,
    preflight: preflight?.json ?? null,
    fusion: fusion?.json ?? null,
    notMeasured: listNotMeasured(report),
  }
  return {
    json: JSON.stringify(json),
    facts: [
      ...scalars,
      ...tables.flatMap((table) => tableFacts(table, detail.maxRows)),
      ...[findings, set, preflight, fusion].flatMap((part) => part?.facts ?? []),
    ],
    texts: [findings, preflight, fusion].flatMap((part) => part?.texts ?? []),
    tracks: set?.tracks ?? [],
    durationSeconds: report.source?.durationSeconds ?? null,
  }
}

/**
 * One analysis in at most MAX_TOLD_BYTES of JSON: numbers under stable paths, findings, the set as ids and roles. What
 * does not fit is told in sum, never cut.
 */
export function tellAnalysis(report: Report, options: TellOptions): Told {
  for (const detail of DETAILS) {
    const told = tellAt(report, options, detail)
    if (Buffer.byteLength(told.json) <= MAX_TOLD_BYTES) return told
  }
  throw new Error('The analysis cannot be told in so few bytes')
}
