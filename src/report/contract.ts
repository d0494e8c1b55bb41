import { z } from 'zod'
import { arrangementSchema, liveSetSchema } from '../als/contract.ts'
import {
  codecsSchema,
  deliverySchema,
  dynamicsSchema,
  faultsSchema,
  loudnessSchema,
  peaksSchema,
  rhythmSchema,
  sourceSchema,
  spectrumSchema,
  stereoSchema,
  structureSchema,
  tonalitySchema,
  waveformSchema,
} from '../audio/contract.ts'
import { findingsSchema } from '../findings/contract.ts'
import { fusionSchema } from '../fusion/contract.ts'
import { preflightSchema } from '../preflight/contract.ts'
import { changesSchema } from './changes-contract.ts'
import { comparisonSchema } from './comparison-contract.ts'
import { populationsSchema } from './population-contract.ts'
import { setChangesSchema } from './set-changes-contract.ts'

/** Version of the report's shape; a reader that does not know it must not guess. */
export const REPORT_SCHEMA_VERSION = 1

const keySchema = z
  .string()
  .regex(/^(C|C#|D|Eb|E|F|F#|G|Ab|A|Bb|B) (major|minor)$/, 'Give a key like "F# minor" or "Eb major".')
  .describe('like "F# minor"')

const TEMPO_WORDS = 'Give a tempo between 30 and 300 BPM.'
const BEATS_WORDS = 'Give a whole number of beats, 2 to 12.'

/** What somebody knows better than it was heard; null leaves what was measured. */
export const correctionSchema = z
  .strictObject({
    tempoBpm: z.number(TEMPO_WORDS).min(30, TEMPO_WORDS).max(300, TEMPO_WORDS).nullable(),
    beatsPerBar: z.number(BEATS_WORDS).int(BEATS_WORDS).min(2, BEATS_WORDS).max(12, BEATS_WORDS).nullable(),
    key: keySchema.nullable(),
  })
  .meta({ id: 'Correction' })

export type Correction = z.infer<typeof correctionSchema>

const heard = z.number().nullable().describe('as heard from the audio; null when nothing was')

/** Where tempo and key come from; the heard values stay beside those that took their place. */
export const provenanceSchema = z
  .object({
    tempo: z.object({
      source: z.enum(['audio', 'set', 'user']),
      heardBpm: heard,
      heardConfidence: heard,
      heardBeatsPerBar: heard,
      setBpm: z.number().nullable().describe('null without a Live set that fits the file'),
      setAgrees: z
        .boolean()
        .nullable()
        .describe('false: the audio contradicts the tempo of the set, which is not used then'),
    }),
    key: z.object({
      source: z.enum(['audio', 'user']),
      heardKey: z.string().nullable(),
      heardConfidence: heard,
    }),
    bars: z
      .object({
        source: z.enum(['audio', 'set', 'user']),
        firstBar: z
          .number()
          .int()
          .describe("number of the first bar of rhythm.downbeatsSeconds; from a set: as in Live's ruler"),
      })
      .optional()
      .describe('whose bars the places of findings are told in; left out in older reports'),
  })
  .meta({ id: 'Provenance' })

export type Provenance = z.infer<typeof provenanceSchema>

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
    rhythm: rhythmSchema.nullable().optional(),
    tonality: tonalitySchema.nullable().optional(),
    structure: structureSchema.nullable().optional(),
    faults: faultsSchema.nullable().optional(),
    delivery: deliverySchema.nullable().optional(),
    codecs: codecsSchema.nullable().optional().describe('null when it was not asked for'),
    set: liveSetSchema.nullable(),
    arrangement: arrangementSchema.nullable().optional().describe('axes of the set; null without one'),
    preflight: preflightSchema.nullable().optional().describe('what the set alone says; null without one'),
    fusion: fusionSchema
      .nullable()
      .optional()
      .describe('set and mix together; null unless both came and could be laid over each other'),
    findings: findingsSchema
      .nullable()
      .optional()
      .describe('what was judged about the audio; null without any'),
    populations: populationsSchema
      .nullable()
      .optional()
      .describe('where the main numbers stand among other tracks; null without audio'),
    comparison: comparisonSchema.nullable().optional().describe('null without a reference track'),
    provenance: provenanceSchema.optional().describe('left out without audio'),
    changes: changesSchema.nullable().optional().describe('null without an earlier version'),
    setChanges: setChangesSchema
      .nullable()
      .optional()
      .describe(
        'what was changed in the Live set since the earlier version, and what it did; null without two sets',
      ),
    sha256: z
      .string()
      .optional()
      .describe(
        'over the canonical JSON (RFC 8785) of this report without this field; reports before 1.2 have none',
      ),
  })
  .meta({ id: 'Report' })

export type Report = z.infer<typeof reportSchema>
