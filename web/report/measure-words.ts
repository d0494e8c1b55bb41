import type { Report } from '../../src/report/contract.ts'
import { formatNumber } from '../ui/format.ts'

export interface MeasureWords {
  /** Its path in the report: also its place on the page, for links from the chat. */
  path: string
  name: string
  unit: string
  decimals: number
  signed: boolean
  meaning: string
  method: string
  /** What it says that there is no value. */
  missing: string
  read: (report: Report) => number | null
  /** Whether no value means that it was looked for and is not there. */
  isNone?: (report: Report) => boolean
  /** How sure the value is and what it could be instead; null where nothing speaks against it. */
  doubt?: (report: Report) => { isLikelyWrong: boolean; words: string } | null
}

export interface MeasureGroup {
  title: string
  measures: readonly MeasureWords[]
}

export const SILENT = 'Nothing was loud enough to measure.'

/** Below this a value is a guess, and said to be one. */
const SURE_ENOUGH = 0.7

export const percent = (share: number) => `${formatNumber(share * 100, 0)} %`

/** The doubt of a value that comes with its probability; null without one. */
export function doubtOf(
  confidence: number | null | undefined,
  instead = '',
): ReturnType<NonNullable<MeasureWords['doubt']>> {
  if (confidence === null || confidence === undefined) return null
  return { isLikelyWrong: confidence < SURE_ENOUGH, words: `${percent(confidence)} sure.${instead}` }
}
