import { z } from 'zod'
import {
  dynamicsSchema,
  loudnessSchema,
  peaksSchema,
  sourceSchema,
  spectrumSchema,
  stereoSchema,
  waveformSchema,
} from '../audio/contract.ts'
import { liveSetSchema } from '../als/contract.ts'

/** Version of the report's shape; a reader that does not know it must not guess. */
export const REPORT_SCHEMA_VERSION = 1

/** The result of one analysis. A part that does not apply (no audio, no set, not measured) is null. */
export const reportSchema = z
  .object({
    schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
    engine: z.object({ version: z.string() }),
    source: sourceSchema.nullable(),
    loudness: loudnessSchema.nullable(),
    peaks: peaksSchema.nullable(),
    dynamics: dynamicsSchema.nullable(),
    spectrum: spectrumSchema.nullable(),
    stereo: stereoSchema.nullable(),
    waveform: waveformSchema.nullable(),
    set: liveSetSchema.nullable(),
  })
  .meta({ id: 'Report' })

export type Report = z.infer<typeof reportSchema>
