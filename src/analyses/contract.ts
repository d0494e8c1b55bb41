import { z } from 'zod'
import { partialMeasuresSchema } from '../audio/contract.ts'
import { instantSchema } from '../core/contract.ts'
import { ruleIdSchema, verdictSchema } from '../findings/contract.ts'
import { correctionSchema, reportSchema } from '../report/contract.ts'
import { intentSchema } from '../uploads/contract.ts'

export const analysisStateSchema = z.enum(['queued', 'running', 'done', 'failed'])

/** Where a running analysis stands; `stage` is a word for people, `percent` of the whole work. */
export const progressSchema = z
  .object({ stage: z.string(), percent: z.number().int().min(0).max(100) })
  .meta({ id: 'Progress' })

export const failureSchema = z
  .object({
    code: z.string(),
    detail: z.string(),
    canRetry: z.boolean().describe('the raw files are still held, so a retry needs no new upload'),
    retryUntil: instantSchema.nullable(),
  })
  .meta({ id: 'Failure' })

/** What became of one raw file: its fingerprint, and when its bytes were deleted. */
export const rawFileSchema = z
  .object({
    role: z.enum(['audio', 'set', 'reference']),
    sizeBytes: z.number().int(),
    sha256: z.string(),
    deletedAt: instantSchema.nullable(),
  })
  .meta({ id: 'RawFile' })

export const analysisSummarySchema = z
  .object({
    id: z.uuid(),
    state: analysisStateSchema,
    title: z.string().describe("the file's own name, cleaned, for display only"),
    hasAudio: z.boolean(),
    hasSet: z.boolean(),
    isDemo: z.boolean(),
    versionNumber: z.number().int().describe('1, or one more than the earlier version it was uploaded as'),
    earlierId: z.uuid().nullable().describe('the analysis of the earlier version, while that is there'),
    createdAt: instantSchema,
    finishedAt: instantSchema.nullable(),
    expiresAt: instantSchema,
    progress: progressSchema,
    failure: failureSchema.nullable(),
  })
  .meta({ id: 'AnalysisSummary' })

const soFar = {
  partial: partialMeasuresSchema
    .nullable()
    .describe('what is measured so far, while it runs; null before, and once it is done or failed'),
}

export const analysisSchema = analysisSummarySchema
  .extend({
    ...soFar,
    audioName: z.string().nullable(),
    setName: z.string().nullable(),
    reference: z
      .object({ id: z.uuid().nullable(), name: z.string().nullable() })
      .nullable()
      .describe('what it is compared with; the id when that is kept, no name when it was deleted'),
    intent: intentSchema,
    rawFiles: z.array(rawFileSchema),
    report: reportSchema.nullable(),
    correction: correctionSchema.nullable().describe('what the user corrected; the report follows it'),
  })
  .meta({ id: 'Analysis' })

/** What the owner says about one finding; null takes it back. */
export const givenVerdictSchema = z
  .strictObject({ rule: ruleIdSchema, verdict: verdictSchema.nullable() })
  .meta({ id: 'GivenVerdict' })

/** A kept reference, or null for none. */
export const chosenReferenceSchema = z
  .strictObject({ referenceId: z.uuid().nullable() })
  .meta({ id: 'ChosenReference' })

export const analysisListSchema = z
  .object({ analyses: z.array(analysisSummarySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'AnalysisList' })

/** One event of GET /api/analyses/:id/events (SSE event name `progress`): the summary as it is now, and what is measured. */
export const progressEventSchema = analysisSummarySchema.extend(soFar).meta({ id: 'ProgressEvent' })

export type Analysis = z.infer<typeof analysisSchema>
export type AnalysisSummary = z.infer<typeof analysisSummarySchema>
export type ProgressEvent = z.infer<typeof progressEventSchema>
export type GivenVerdict = z.infer<typeof givenVerdictSchema>
export type AnalysisState = z.infer<typeof analysisStateSchema>
export type Progress = z.infer<typeof progressSchema>
