import { z } from 'zod'
import { type PartialMeasures, partialMeasuresSchema } from '../audio/contract.ts'
import type { Context } from '../context.ts'
import { findReference } from '../references/find-reference.ts'
import { type Correction, correctionSchema, type Report, reportSchema } from '../report/contract.ts'
import { correctReport } from '../report/correct-report.ts'
import { withVerdicts } from '../report/respect-verdicts.ts'
import { intentSchema } from '../uploads/contract.ts'
import { listRawFiles, type RawFileFacts } from '../uploads/list-raw-files.ts'
import type { Analysis, AnalysisSummary, ProgressEvent } from './contract.ts'
import { listVerdicts } from './list-verdicts.ts'
import type { findAnalysis, findProgress, findSummary } from './queries.ts'

const comparedSchema = z.object({ comparison: z.object({}) })

type SummaryRow = NonNullable<Awaited<ReturnType<typeof findSummary>>>
type ProgressRow = NonNullable<Awaited<ReturnType<typeof findProgress>>>
type AnalysisRow = NonNullable<Awaited<ReturnType<typeof findAnalysis>>>

function describeFailure(row: SummaryRow, rawFiles: RawFileFacts[]): AnalysisSummary['failure'] {
  if (row.state !== 'failed') return null
  // A reference may have been left out on purpose; the rest must be whole.
  const needed = rawFiles.filter((file) => file.role !== 'reference')
  const isHeld = needed.length > 0 && needed.every((file) => file.deletedAt === null)
  const until = rawFiles[0]?.deleteAfter
  return {
    code: row.failure_code ?? 'internal',
    detail: row.failure_detail ?? 'The analysis failed.',
    canRetry: isHeld,
    retryUntil: isHeld && until ? until.toISOString() : null,
  }
}

function summaryOf(row: SummaryRow, rawFiles: RawFileFacts[]): AnalysisSummary {
  return {
    id: row.id,
    state: row.state,
    title: row.audio_name ?? row.set_name ?? 'untitled',
    hasAudio: row.audio_name !== null,
    hasSet: row.set_name !== null,
    isDemo: row.is_demo,
    versionNumber: row.version_number,
    earlierId: row.earlier_id,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
    progress: { stage: row.stage, percent: row.percent },
    failure: describeFailure(row, rawFiles),
  }
}

export async function describeSummary(ctx: Context, row: SummaryRow): Promise<AnalysisSummary> {
  return summaryOf(row, row.state === 'failed' ? await listRawFiles(ctx, row.id) : [])
}

/** Shown while it runs and at no other time. */
function partialOf(row: Pick<ProgressRow, 'state' | 'partial'>): PartialMeasures | null {
  return row.state === 'running' ? partialMeasuresSchema.nullable().parse(row.partial) : null
}

export async function describeProgress(ctx: Context, row: ProgressRow): Promise<ProgressEvent> {
  return { ...(await describeSummary(ctx, row)), partial: partialOf(row) }
}

/** The kept reference with its name of today, the one that came along and is not kept, or a nameless one. */
async function describeReference(ctx: Context, row: AnalysisRow): Promise<Analysis['reference']> {
  const kept = row.reference_id ? await findReference(ctx, row.user_id, row.reference_id) : undefined
  if (kept) return { id: row.reference_id, name: kept.name }
  const isCompared = row.reference_name !== null || comparedSchema.safeParse(row.report).success
  return isCompared ? { id: null, name: row.reference_name } : null
}

/** The measured report stays as it was stored; what the user knows better or means to be so is laid over it each time. */
async function reportOf(ctx: Context, row: AnalysisRow, correction: Correction | null): Promise<Report> {
  const report = reportSchema.parse(row.report)
  const verdicts = await listVerdicts(ctx.db, row.user_id, row.id)
  return withVerdicts(correction === null ? report : correctReport(report, correction), verdicts)
}

export async function describeAnalysis(ctx: Context, row: AnalysisRow): Promise<Analysis> {
  const rawFiles = await listRawFiles(ctx, row.id)
  const correction = correctionSchema.nullable().parse(row.correction)
  return {
    ...summaryOf(row, rawFiles),
    partial: partialOf(row),
    audioName: row.audio_name,
    setName: row.set_name,
    reference: await describeReference(ctx, row),
    intent: intentSchema.parse(row.intent),
    rawFiles: rawFiles.map(({ role, sizeBytes, sha256, deletedAt }) => ({
      role,
      sizeBytes,
      sha256,
      deletedAt: deletedAt?.toISOString() ?? null,
    })),
    // A result is shown once its raw files are gone, never before.
    report: row.state === 'done' ? await reportOf(ctx, row, correction) : null,
    correction,
  }
}
