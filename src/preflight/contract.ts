import { z } from 'zod'

/** How much it matters: a wrong or missing sound in the export · likely worth a change · a habit · only to know. */
export const severitySchema = z.enum(['serious', 'warning', 'advice', 'info'])

/** Where a rule comes from: a published standard or manual · what engineers commonly do · our own judgement. */
export const provenanceSchema = z.enum(['standard', 'practice', 'opinion'])

/** certain: the file says so · likely: one step of inference · possible: worth a look, easily on purpose. */
export const surenessSchema = z.enum(['certain', 'likely', 'possible'])

const value = z
  .object({
    value: z.union([z.number(), z.string(), z.boolean()]),
    unit: z.string().describe('"" for switches, names and counts without a unit'),
  })
  .meta({ id: 'PreflightValue' })

/** Where in the set; what does not apply is null. Names are the user's own, cleaned. */
export const preflightPlaceSchema = z
  .object({
    trackIndex: z.number().int().nullable().describe('index in set.tracks; null for the set as a whole'),
    trackId: z.string().nullable(),
    trackName: z.string().nullable(),
    deviceId: z.string().nullable().describe('path of the device in the set, e.g. "12/0/1/2"'),
    deviceName: z.string().nullable(),
    clipName: z.string().nullable(),
    beat: z.number().nullable().describe('quarter notes from the start of the arrangement'),
    bar: z.number().int().nullable(),
    beatInBar: z.number().nullable().describe("from 1, in the time signature's denominator"),
    locator: z.string().nullable().describe('the locator at or before the beat'),
  })
  .meta({ id: 'PreflightPlace' })

export const preflightResultSchema = z
  .object({
    rule: z.string().describe('stable id, begins with "set-"'),
    severity: severitySchema,
    title: z.string(),
    reason: z.string(),
    provenance: provenanceSchema,
    source: z.string().describe('who says so'),
    sureness: surenessSchema,
    doubt: z.string().nullable().describe('what could make it right as it is'),
    place: preflightPlaceSchema,
    present: value.nullable(),
    proposed: value.nullable().describe('null where the file alone cannot say what would be right'),
  })
  .meta({ id: 'PreflightResult' })

/** What a set says about itself before anything is heard: slips, risks and habits, each with its rule and its place. */
export const preflightSchema = z
  .object({
    results: z.array(preflightResultSchema).describe('most serious first; at most 20 of one rule'),
    rules: z
      .array(
        z.object({
          id: z.string(),
          title: z.string(),
          outcome: z.enum(['found', 'clear', 'nothing-to-judge']),
          found: z.number().int().describe('places found, including those that are not listed'),
        }),
      )
      .describe('every rule that was asked, in the order of asking'),
  })
  .meta({ id: 'Preflight' })

export type PreflightSeverity = z.infer<typeof severitySchema>
export type PreflightProvenance = z.infer<typeof provenanceSchema>
export type PreflightSureness = z.infer<typeof surenessSchema>
export type PreflightValue = z.infer<typeof value>
export type PreflightPlace = z.infer<typeof preflightPlaceSchema>
export type PreflightResult = z.infer<typeof preflightResultSchema>
export type Preflight = z.infer<typeof preflightSchema>
