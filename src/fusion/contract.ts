import { z } from 'zod'

/** What a Live set and its mix say together. Null in a report unless both came and could be laid over each other. */
const seconds = z.number().describe('s of the file')
const trackIndex = z.number().int().describe('place in set.tracks')

export const matchEvidenceSchema = z.object({
  about: z.enum(['tempo', 'key', 'arrangement', 'order', 'length', 'silent-track', 'muted-track', 'pitch']),
  speaks: z.enum(['for', 'against', 'neither']),
  text: z.string().describe('in words, with numbers; without names of the set'),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  trackIndex: trackIndex.nullable().describe('the track it is about'),
})

export const bounceMatchSchema = z
  .object({
    verdict: z.enum(['yes', 'perhaps', 'no']),
    probability: z.number().describe('0…1 that the file was bounced from this set as it stands'),
    likelyDifference: z
      .enum([
        'another-song',
        'other-tempo',
        'moved-sections',
        'other-arrangement',
        'muted-track',
        'unmuted-track',
        'transposed',
      ])
      .nullable()
      .describe('the likeliest way in which they differ; null when the verdict is yes'),
    evidence: z.array(matchEvidenceSchema),
  })
  .meta({ id: 'BounceMatch' })

export const barPlaceSchema = z.object({
  bar: z.number().int().describe('counts from 1, as in the ruler of Live'),
  beat: z.number().int().describe("counts from 1, in the time signature's denominator"),
})

export const setTimingSchema = z
  .object({
    offsetSeconds: z
      .number()
      .describe('time of the set at which the file begins; negative: the file begins with silence before it'),
    startsAt: barPlaceSchema.describe(
      'bar and beat of the set at the start of the file, or of the first sound',
    ),
    tempoBpm: z.number().describe('tempo of the set where the file begins'),
    tempoChanges: z.boolean(),
    timeSignature: z.string(),
    barStartsSeconds: z.array(seconds).describe('where bars of the set begin in the file, from firstBar on'),
    firstBar: z.number().int(),
    meters: z
      .array(z.object({ bar: z.number().int(), timeSignature: z.string().describe('like "7/8"') }))
      .optional()
      .describe('time signatures from firstBar on, each from its bar on; older reports have none'),
    locators: z.array(barPlaceSchema.extend({ name: z.string(), seconds })).describe('those inside the file'),
  })
  .meta({ id: 'SetTiming' })

export const counterfactualSchema = z
  .object({
    about: z.enum(['limiter-drive', 'limiter-idle', 'gain-before-limiter', 'limiter-ceiling']),
    text: z.string().describe('without names of the set'),
    trackIndex,
    deviceId: z.string(),
    valueDb: z.number(),
  })
  .meta({ id: 'Counterfactual' })

export const gainPathSchema = z.object({
  trackIndex,
  faderDb: z.number().nullable(),
  devicesDb: z.number().describe('sum of the output gains that the devices show; opaque ones not counted'),
  groupsDb: z.number(),
  totalDb: z.number().nullable().describe('from the source to the main track; compression not counted'),
})

export const fusionSchema = z
  .object({
    match: bounceMatchSchema,
    timing: setTimingSchema
      .nullable()
      .describe('null when the verdict is no: then nothing of the set is laid over the file'),
    counterfactuals: z.array(counterfactualSchema),
    gainPaths: z.array(gainPathSchema),
    tracksLeftOut: z
      .number()
      .int()
      .optional()
      .describe('sounding tracks beyond the 64 that play longest: not judged'),
  })
  .meta({ id: 'Fusion' })

export type MatchEvidence = z.infer<typeof matchEvidenceSchema>
export type BounceMatch = z.infer<typeof bounceMatchSchema>
export type SetTiming = z.infer<typeof setTimingSchema>
export type Counterfactual = z.infer<typeof counterfactualSchema>
export type GainPath = z.infer<typeof gainPathSchema>
export type Fusion = z.infer<typeof fusionSchema>
